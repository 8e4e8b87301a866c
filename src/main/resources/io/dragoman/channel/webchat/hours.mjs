// SPDX-License-Identifier: Apache-2.0
// Whether somebody is there: by the gateway's clock and the hours of the business. The visitor's zone only shows times.
const MOST_WAIT_MS = 15 * 60_000; // the hours themselves may be changed
const FAILED_WAIT_MS = 60_000;
const SPREAD_MS = 3_000; // so that not all pages ask at once
const DAY_MS = 24 * 3_600_000;

/** A moment as visitors read it: the time, with the day where it is not today. */
export function moment(at, now, language) {
  const time = { hour: '2-digit', minute: '2-digit' };
  if (at.toDateString() === now.toDateString()) return at.toLocaleTimeString(language, time);
  const day = at - now < 6 * DAY_MS ? { weekday: 'long' } : { weekday: 'long', day: 'numeric', month: 'long' };
  return at.toLocaleString(language, { ...day, ...time });
}

/** Says what a visitor can expect, now and whenever it changes. */
export function watchHours(say, language, show) {
  let timer;
  async function look() {
    clearTimeout(timer);
    let wait = FAILED_WAIT_MS;
    try {
      const answer = await fetch('hours', { credentials: 'omit', cache: 'no-store' });
      if (answer.status === 404) show('', '');
      if (answer.ok) {
        const { open, changes, now } = await answer.json();
        const left = changes ? Date.parse(changes) - Date.parse(now) : Infinity; // the visitor's clock may be wrong
        const time = changes && moment(new Date(Date.parse(changes)), new Date(Date.parse(now)), language);
        show(open ? 'open' : 'closed', say(`${open ? 'open' : 'closed'}${time ? 'Until' : ''}`, { time }));
        wait = Math.min(left, MOST_WAIT_MS);
      }
    } catch { /* what was shown stays */ }
    timer = setTimeout(look, wait + 200 + Math.random() * SPREAD_MS);
  }
  addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look());
  addEventListener('online', look);
  look();
}
