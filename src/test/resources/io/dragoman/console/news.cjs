// SPDX-License-Identifier: Apache-2.0
// What happens elsewhere while somebody looks: pages follow it without a reload.
const { go } = require('./page.cjs');

/** The page of a channel shows what is refused, what comes in and who pauses it; so does that of a desk what it gets. */
async function follow(page, context) {
  await go(page, '#/channels/support');
  const refusals = page.locator('section.card', { has: page.getByRole('heading', { name: 'Last refusals' }) });
  await refusals.getByText('Nothing was refused since the start.').waitFor();
  console.log('FORGE support');
  await refusals.getByRole('row', { name: /401/ }).waitFor();
  const other = await context.newPage();
  await go(await at(other, page), '#/desks/helpdesk');
  const sent = other.locator('.facts > div', { hasText: 'Last out' }).locator('time');
  const before = await sent.getAttribute('datetime');
  console.log('WRITE');
  await other.waitForFunction((old) => [...document.querySelectorAll('.facts time')].some((time) => time.dateTime > old), before);
  await other.close();
  await page.evaluate(async () => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    const ask = (verb) => fetch(`/api/v1/${verb}`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: '{"id":"support","reason":"stocktaking"}' });
    await ask('pause');
  });
  await page.locator('.page-head .badge', { hasText: 'paused' }).waitFor();
  await page.getByText('stocktaking').waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
}

/** Opens the console where another page has it. */
async function at(page, other) {
  await page.goto(other.url().split('#')[0]);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

module.exports = { at, follow };
