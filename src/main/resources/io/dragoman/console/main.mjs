// SPDX-License-Identifier: Apache-2.0
// The frame around the screens. A screen is loaded when one first goes to it.
import { Fragment, el, render, useEffect, useRef, useState } from './dom.mjs';
import { can, currentSession, logOut, onSession, resume } from './api.mjs';
import { at, go, useRoute } from './router.mjs';
import { read, t } from './texts.mjs';
import * as live from './live.mjs';
import { Announcer, Icon, IconButton, Loading, Trouble } from './ui.mjs';

const MENU = [['overview', 'viewer', 'o'], ['conversations', 'viewer', 'c'], ['contacts', 'viewer', 'k'], ['channels', 'viewer', 'h'],
  ['desks', 'viewer', 'd'], ['dead', 'viewer', 'x'], ['rules', 'viewer', 'r'], ['reports', 'viewer', 'p'], ['audit', 'operator', 'a'],
  ['help', 'viewer', '?']];
const SCREENS = new Set([...MENU.map(([name]) => name), 'story']);
const loaded = new Map();

function Screen({ route }) {
  const name = SCREENS.has(route.screen) ? route.screen : 'overview';
  const [, arrived] = useState(0);
  const [problem, setProblem] = useState(null);
  useEffect(() => {
    if (loaded.has(name)) return;
    setProblem(null);
    import(`./screens/${name}.mjs`)
      .then((module) => { loaded.set(name, module.default); arrived((n) => n + 1); })
      .catch(() => setProblem(new Error(t('problem.screen'))));
  }, [name]);
  if (problem && !loaded.has(name)) return el(Trouble, { problem, retry: () => location.reload() });
  return loaded.has(name) ? el(loaded.get(name), { key: name, ...route }) : el('div.page', el(Loading, { rows: 5 }));
}

function Connection() {
  const state = live.useConnection();
  return el(`p.connection.${state}`, { role: 'status' }, el('span.dot', { 'aria-hidden': 'true' }), t(`connection.${state}`));
}

function Attention() {
  const [figures, setFigures] = useState(null);
  live.useLive('figures', (next) => { if (next) setFigures(next); });
  const n = figures ? (figures.dead ?? 0) + (figures.uncertain ?? 0) : 0;
  return n > 0 ? el('span.count', { 'aria-label': t('menu.dead.count', { n }) }, n > 999 ? t('menu.many') : t('menu.number', { count: n })) : null;
}

function Menu({ route, open, close }) {
  const session = currentSession();
  const leave = () => logOut().catch(() => {});
  return el(`section.menu${open ? '.open' : ''}`, { id: 'menu', 'aria-label': t('menu.region') },
    el('p.brand', el('img', { src: 'icon.svg', alt: '', width: 24, height: 24 }), t('app.name')),
    el('nav', { 'aria-label': t('menu.label') }, el('ul',
      MENU.filter(([, role]) => can(role)).map(([name]) => el('li', { key: name },
        el('a', { href: at(name), 'aria-current': route.screen === name ? 'page' : undefined, onClick: close },
          el(Icon, { name }), el('span', t(`menu.${name}`)), name === 'dead' && el(Attention)))))),
    el('div.who', el(Connection), el('div.who-line', el('div', el('p.who-name', { dir: 'auto' }, session.name), el('p.muted', t(`role.${session.role}`))),
      el(IconButton, { icon: 'leave', label: t('logout'), onClick: leave }))));
}

/** g and a letter goes to a screen, / to the search, ? to the help; not while one writes, and not when switched off. */
function useKeys() {
  const begun = useRef(0);
  useEffect(() => {
    const pressed = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || read('keys') === 'off') return;
      if (event.target.closest?.('input, textarea, select, [contenteditable], dialog')) return;
      if (event.key === '?') { go(at('help')); return; }
      if (event.key === '/') {
        const search = document.querySelector('input[type=search]');
        if (search) { event.preventDefault(); search.focus(); }
        return;
      }
      if (event.key === 'g') { begun.current = Date.now(); return; }
      const target = Date.now() - begun.current < 1500 && MENU.find(([, role, key]) => key === event.key && can(role));
      begun.current = 0;
      if (target) { event.preventDefault(); go(at(target[0])); }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}

function Shell() {
  const route = useRoute();
  const [open, setOpen] = useState(false);
  useKeys();
  useEffect(() => { live.start(); return live.stop; }, []);
  useEffect(() => setOpen(false), [route.screen, route.id]);
  useEffect(() => {
    if (!open) return undefined;
    const escape = (event) => { if (event.key === 'Escape') { setOpen(false); document.querySelector('[aria-controls=menu]').focus(); } };
    addEventListener('keydown', escape);
    return () => removeEventListener('keydown', escape);
  }, [open]);
  const skip = (event) => { event.preventDefault(); document.getElementById('main').focus(); };
  return el('div.shell', el('a.skip', { href: '#main', onClick: skip }, t('skip')),
    el('header.top', el(IconButton, { icon: 'menu', label: t('menu.open'), 'aria-expanded': String(open), 'aria-controls': 'menu', onClick: () => setOpen(!open) }),
      el('span.brand', t('app.name'))),
    el(Menu, { route, open, close: () => setOpen(false) }),
    el('main', { id: 'main', tabIndex: -1 }, el(Screen, { route })));
}

function App() {
  const [state, setState] = useState({ session: undefined, ended: false, problem: null });
  useEffect(() => {
    const stop = onSession((session, ended) => setState({ session, ended, problem: null }));
    resume().catch((problem) => setState({ session: undefined, ended: false, problem }));
    return stop;
  }, []);
  const [Login, setLogin] = useState(null);
  useEffect(() => {
    if (state.session === null && !Login) import('./screens/login.mjs').then((module) => setLogin(() => module.default));
  }, [state.session]);
  return el(Fragment,
    state.problem ? el('main.alone', el(Trouble, { problem: state.problem, retry: () => location.reload() }))
      : state.session ? el(Shell) : state.session === null && Login ? el(Login, { ended: state.ended }) : el('main.alone', el(Loading)),
    el(Announcer));
}

render(el(App), document.getElementById('app'));
