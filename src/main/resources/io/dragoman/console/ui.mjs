// SPDX-License-Identifier: Apache-2.0
// What screens are made of.
import { el, useEffect, useRef, useState } from './dom.mjs';
import { ago, duration, moment, phrase, t } from './texts.mjs';

const ICONS = {
  overview: 'M3 12h4l3-8 4 16 3-8h4',
  conversations: 'M4 5h16v11H9l-5 4z',
  contacts: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 3.600-6 8-6s8 2 8 6',
  channels: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
  desks: 'M4 14v-2a8 8 0 0 1 16 0v2M4 14h3v5H5a1 1 0 0 1-1-1zM20 14h-3v5h2a1 1 0 0 0 1-1z',
  dead: 'M12 4 2.500 20h19zM12 10v4M12 17h.010',
  rules: 'M5 4v6a4 4 0 0 0 4 4h10M15 10l4 4-4 4M5 14v6',
  reports: 'M4 20h16M7 16v-5M12 16V6M17 16v-8',
  audit: 'M6 3h9l4 4v14H6zM9 12h6M9 16h6M9 8h2',
  help: 'M9 9a3 3 0 1 1 4 2.800c-.700.300-1 .900-1 1.700v.500M12 17h.010M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  leave: 'M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  menu: 'M4 7h16M4 12h16M4 17h16',
  place: 'M12 21s-6-6-6-11a6 6 0 0 1 12 0c0 5-6 11-6 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 3.600-6 8-6s8 2 8 6',
  check: 'M4 12l5 5L20 6',
  note: 'M5 4h14v10l-5 5H5zM14 19v-5h5',
};

export function Icon({ name }) {
  return el('svg.icon', { viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' }, el('path', { d: ICONS[name] }));
}

/** A button; kind is main, plain or danger. */
export function Button({ kind = 'plain', busy = false, icon, children, class: more, ...rest }) {
  return el(`button.button.${kind}`, { type: 'button', 'aria-disabled': busy || rest.disabled ? 'true' : undefined, 'aria-busy': busy || undefined,
    ...rest, class: more, onClick: busy ? (event) => event.preventDefault() : rest.onClick }, icon && el(Icon, { name: icon }), children);
}

export function IconButton({ icon, label, ...rest }) {
  return el('button.icon-button', { type: 'button', 'aria-label': label, title: label, ...rest }, el(Icon, { name: icon }));
}

/** A screen: its heading has the focus when one comes to it, so that it is read out. */
export function Page({ title, back, actions, note, children, level = 'h1' }) {
  const heading = useRef(null);
  useEffect(() => { document.title = t('app.title', { page: title }); }, [title]);
  useEffect(() => { if (level === 'h1' && (document.activeElement === document.body || document.activeElement?.closest('nav'))) heading.current?.focus(); }, []);
  return el('div.page',
    el('header.page-head',
      back && el('a.icon-button', { href: back, 'aria-label': t('back'), title: t('back') }, el(Icon, { name: 'back' })),
      el('div.page-title', el(level, { tabIndex: -1, ref: heading, dir: 'auto' }, title), note && el('p.muted', note)),
      actions && el('div.actions', actions)),
    children);
}

export function Card({ title, level = 'h2', actions, children, class: more }) {
  return el('section.card', { class: more },
    (title || actions) && el('header.card-head', title && el(level, title), actions && el('div.actions', actions)), children);
}

/** What the gateway says of itself: in the reader's language, or marked as English where only that is known. */
export function Said({ of, text }) {
  useClock();
  const all = (Array.isArray(of) ? of : [of]).filter(Boolean);
  if (all.length === 0) return el('span', { lang: 'en', dir: 'auto' }, text);
  return el('span', { dir: 'auto' }, all.map((one, i) => {
    const words = phrase(one);
    return [i > 0 && '; ', el('span', { key: i, lang: words === null ? 'en' : undefined }, words ?? one.text)];
  }));
}

/** How long it takes until something can be tried again, counted down. Read out once, as it is first. */
function Wait({ until }) {
  const [, tick] = useState(0);
  const left = Math.ceil((until - Date.now()) / 1000);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, [until]);
  return el('p', { role: 'timer', 'aria-live': 'off' }, left > 0 ? t('problem.wait', { time: duration(left) }) : t('problem.again'));
}

/** What went wrong; what only needs time does not look like a fault. */
export function Trouble({ problem, retry }) {
  if (!problem) return null;
  return el(problem.until ? 'div.notice' : 'div.trouble', { role: 'alert' }, el('p', { lang: problem.language }, problem.message), problem.until && el(Wait, { until: problem.until }),
    Array.isArray(problem.body?.problems) && el('ul', problem.body.problems.map((p) => el('li', { dir: 'auto', lang: 'en' }, typeof p === 'string' ? p : p.file && p.line ? t('problem.place', { ...p, line: String(p.line) }) : p.text))),
    retry && el(Button, { onClick: retry }, t('retry')));
}

export function Empty({ title, children }) {
  return el('div.empty', el('p.empty-title', title), children);
}

export function Loading({ rows = 3 }) {
  return el('div.loading', { role: 'status' }, el('span.sr', t('loading')), Array.from({ length: rows }, (_, i) => el('div.bone', { key: i })));
}

/** What useData has: the problem, the bones while it loads for the first time, or what is made of the data. */
export function Loaded({ from, rows, children }) {
  if (from.problem && (!from.data || from.problem.status === 404)) return el(Trouble, { problem: from.problem, retry: from.reload });
  if (!from.data) return el(Loading, { rows });
  return [from.problem && el(Trouble, { problem: from.problem, retry: from.reload }), children(from.data)];
}

const clock = { now: Date.now(), watchers: new Set() };
setInterval(() => {
  if (document.visibilityState === 'hidden') return;
  clock.now = Date.now();
  clock.watchers.forEach((watcher) => watcher(clock.now));
}, 5000);

/** Shows anew what tells how long ago something was. */
function useClock() {
  const [, tick] = useState(0);
  useEffect(() => { clock.watchers.add(tick); return () => clock.watchers.delete(tick); }, []);
}

/** "12 sec. ago", which goes on by itself; the whole time stands in its title. What is ahead is never past. */
export function Ago({ at, ahead }) {
  useClock();
  return at ? el('time', { dateTime: at, title: moment(at, 'full') }, ago(at, ahead)) : null;
}

/** "for 3 days", which goes on by itself. */
export function Since({ at }) {
  useClock();
  return el('time', { dateTime: at, title: moment(at, 'full') }, t('since', { time: duration(Math.floor(Math.max(0, Date.now() - Date.parse(at)) / 1000), 1) }));
}

export const Moment = ({ at, style }) => (at ? el('time', { dateTime: at, title: moment(at, 'full') }, moment(at, style)) : null);

/** A state as a word with a colour: good, warn, bad, info or quiet. */
export const Badge = ({ tone = 'quiet', children }) => el(`span.badge.${tone}`, children);

/** A dialog of the browser: keeps the focus inside, closes on Escape, and gives the focus back. */
export function Dialog({ title, onClose, children }) {
  const dialog = useRef(null);
  const gone = useRef(false); // its own end is told later, when it may be open again
  const id = useRef(`dialog-${Math.random().toString(36).slice(2)}`).current;
  useEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown.showModal();
    return () => {
      gone.current = true;
      shown.close(); // as long as it is open, nothing beside it can have the focus
      if (before?.isConnected) before.focus();
    };
  }, []);
  return el('dialog.dialog', { ref: dialog, 'aria-labelledby': id, onClose: () => { if (!gone.current) onClose(); },
    onCancel: (event) => { event.preventDefault(); onClose(); } },
  el('header.card-head', el('h2', { id }, title), el(IconButton, { icon: 'close', label: t('close'), onClick: onClose })), children);
}

/** A field with its label, what it is for, and what is wrong with it. */
export function Field({ label, hint, problem, children, inline = false }) {
  const id = useRef(`field-${Math.random().toString(36).slice(2)}`).current;
  const about = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined;
  return el(`div.field${inline ? '.inline' : ''}`, el('label', { for: id }, label),
    el(children.type, { ...children.props, id, 'aria-describedby': about, 'aria-invalid': problem ? 'true' : undefined }),
    hint && el('p.hint', { id: `${id}-hint` }, hint), problem && el('p.field-problem', { id: `${id}-problem` }, problem));
}

export const Select = ({ options, value, onPick, ...rest }) => el('select', { ...rest, value, onChange: (event) => onPick(event.currentTarget.value) },
  options.map(([key, label]) => el('option', { key, value: key, selected: key === value }, label)));

/** Says something to who cannot see it happen, and shows it for a while. */
const MOST_SAID = 400;
let announce = () => {};
export const say = (text) => announce(text);

export function Announcer() {
  const [said, setSaid] = useState({ text: '', n: 0 });
  useEffect(() => {
    announce = (text) => setSaid((old) => ({ text: text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}…` : text, n: old.n + 1 }));
    return () => { announce = () => {}; };
  }, []);
  useEffect(() => {
    if (!said.text) return undefined;
    const timer = setTimeout(() => setSaid((old) => ({ ...old, text: '' })), 6000);
    return () => clearTimeout(timer);
  }, [said.n]);
  return el('div.toasts', { role: 'status', 'aria-live': 'polite' }, said.text && el('div.toast', { key: said.n }, said.text));
}

export function Copy({ text, label }) {
  const copy = async () => {
    try { await navigator.clipboard.writeText(text); say(t('copied')); } catch { say(t('copy.failed')); }
  };
  return el('div.copy', el('code', { dir: 'ltr', tabIndex: 0, 'aria-label': label }, text),
    el(IconButton, { icon: 'copy', label: t('copy.what', { what: label }), onClick: copy }));
}

/** A table that scrolls in itself where it is too wide. */
export function Table({ caption, heads, children }) {
  return el('div.table', { tabIndex: 0, role: 'region', 'aria-label': caption },
    el('table', el('caption.sr', caption),
      el('thead', el('tr', heads.map((head, i) => (typeof head === 'object' ? el('th', { key: i, scope: 'col', class: head.class }, head.text) : el('th', { key: i, scope: 'col' }, head))))),
      el('tbody', children)));
}

export const Facts = ({ of }) => el('dl.facts', of.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
  .map(([name, value]) => el('div', { key: name }, el('dt', name), el('dd', { dir: 'auto' }, value))));

/** Tabs as links, for parts of a screen that have addresses of their own. */
export const Tabs = ({ label, of }) => el('nav.tabs', { 'aria-label': label },
  of.map(([text, href, current]) => el('a', { key: href, href, 'aria-current': current ? 'page' : undefined }, text)));

export const Segments = ({ label, options, value, onPick }) => el('div.segments', { role: 'group', 'aria-label': label },
  options.map(([key, text]) => el('button', { key, type: 'button', 'aria-pressed': String(key === value), onClick: () => onPick(key) }, text)));
