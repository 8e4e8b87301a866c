// SPDX-License-Identifier: Apache-2.0
// What needs a person: what it is, why, how many are alike, and sending it again or giving it up.
import { el, useEffect, useMemo, useRef, useState } from '../dom.mjs';
import { act, can, useAct, useData } from '../api.mjs';
import { at, go } from '../router.mjs';
import { useCalm, useLive } from '../live.mjs';
import { list, plain, t, word } from '../texts.mjs';
import { Ago, Badge, Button, Card, Dialog, Empty, Field, Loaded, Page, Table, Trouble, say } from '../ui.mjs';

const SHOWN = 20;

export default function Dead({ filter }) {
  const asked = { channel: filter.channel, reason: filter.reason, limit: 500 };
  const data = useData('dead', asked);
  const again = useCalm(data.reload, 1000);
  useLive('figures', again);
  const [order, setOrder] = useState(null);
  const change = (next) => go(at('dead', null, { ...filter, ...next }), true);
  const filtered = Boolean(filter.channel || filter.reason || filter.id);
  return el(Page, { title: t('dead.title'), note: t('dead.note') },
    el('search.filters.line', { 'aria-label': t('dead.filter') },
      el(Field, { label: t('dead.place') }, el('input', { value: filter.channel ?? '', dir: 'auto', onChange: (event) => change({ channel: event.currentTarget.value.trim() }) })),
      el(Field, { label: t('dead.reason') }, el('input', { type: 'search', value: filter.reason ?? '', dir: 'auto', onChange: (event) => change({ reason: event.currentTarget.value.trim() }) })),
      filtered && el(Button, { onClick: () => go(at('dead'), true) }, t('filters.clear'))),
    el(Loaded, { from: data }, (dead) => {
      const letters = filter.id ? dead.deadLetters.filter((letter) => letter.id === filter.id) : dead.deadLetters;
      return letters.length === 0 ? el(Empty, { title: t(filtered ? 'dead.none.filtered' : 'dead.none') }, !filtered && el('p.muted', t('dead.none.about')))
        : el(Groups, { letters, count: dead.count, filter, setOrder });
    }),
    order && el(Order, { order, onClose: () => setOrder(null), done: data.reload }));
}

/** What has one cause is shown once: the same place and reason. */
function grouped(letters) {
  const groups = new Map();
  letters.forEach((letter) => {
    const key = JSON.stringify([letter.origin, letter.place, letter.reason ?? letter.detail ?? '']);
    groups.set(key, [...(groups.get(key) ?? []), letter]);
  });
  return [...groups.entries()].sort(([, a], [, b]) => b.length - a.length);
}

function Groups({ letters, count, filter, setOrder }) {
  const groups = useMemo(() => grouped(letters), [letters]);
  return el('div.stack',
    el('div.bar', el('p', t('dead.count', { n: filter.id ? letters.length : count })), can('operator') && !filter.id && el('div.actions',
      el(Button, { onClick: () => setOrder({ verb: 'replay', which: whole(filter) }) }, t('dead.replay.all')), el(Button, { kind: 'danger', onClick: () => setOrder({ verb: 'discard', which: whole(filter) }) }, t('dead.discard.all')))),
    groups.map(([key, of]) => el(Group, { key, of, setOrder })));
}

const whole = (filter) => (filter.channel || filter.reason ? { channel: filter.channel, reason: filter.reason } : { all: true });

function Group({ of, setOrder }) {
  const [first] = of;
  const [most, setMost] = useState(SHOWN);
  const cause = first.reason ?? first.detail;
  const alike = cause ? { channel: first.place, reason: cause } : { channel: first.place };
  const replays = plain(first.reason) !== 'recipient-opted-out'; // who objected is not written to again
  const why = first.reason ? word('reason', first.reason) : first.detail || t('dead.no-reason');
  return el(Card, { title: why, actions: can('operator') && of.length > 1 && [
    replays && el(Button, { key: 'r', onClick: () => setOrder({ verb: 'replay', which: alike }) }, t('dead.replay.n', { n: of.length })), el(Button, { key: 'd', kind: 'danger', onClick: () => setOrder({ verb: 'discard', which: alike }) }, t('dead.discard'))] },
  el('p.muted', list([word('origin', first.origin), first.place, t('dead.alike', { n: of.length })])),
  !replays && el('p.muted', t('dead.opted-out')), first.reason && first.detail && el('p.text', { dir: 'auto' }, first.detail),
  el(Table, { caption: why, heads: [t('dead.what'), t('dead.state'), t('dead.since'), t('dead.tries'), { text: t('actions'), class: 'end' }] },
    of.slice(0, most).map((letter) => el('tr', { key: letter.id },
      el('td', el('a', { href: at('story', letter.id), dir: 'auto' }, word('kind', letter.what))), el('td', el(Badge, { tone: plain(letter.state) === 'dead' ? 'bad' : 'warn' }, word('delivery', letter.state))),
      el('td', el(Ago, { at: letter.at })), el('td', t('menu.number', { count: letter.tries })),
      el('td.end', can('operator') && el('div.actions', replays && el(Button, { class: 'small', 'aria-label': t('dead.replay.one', { what: word('kind', letter.what) }), onClick: () => setOrder({ verb: 'replay', which: { id: letter.id } }) }, t('dead.replay')),
        el(Button, { class: 'small', kind: 'danger', 'aria-label': t('dead.discard.one', { what: word('kind', letter.what) }), onClick: () => setOrder({ verb: 'discard', which: { id: letter.id } }) }, t('dead.discard'))))))),
  of.length > most && el('p.center', el(Button, { onClick: () => setMost(most + SHOWN * 5) }, t('more'))));
}

/** First what would happen, then the act itself. */
function Order({ order, onClose, done }) {
  const { verb, which } = order;
  const [trial, setTrial] = useState(null);
  const [pace, setPace] = useState('10');
  const [why, setWhy] = useState('');
  const { busy, problem, run } = useAct();
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    run(async () => setTrial(await act('POST', `dead/${verb}`, { ...which, dryRun: true })));
  }, []);
  const perSecond = Number.parseInt(pace, 10);
  const wrong = verb === 'replay' && !(perSecond >= 1);
  const go2 = async () => {
    const body = verb === 'replay' ? { ...which, perSecond } : { ...which, ...(why.trim() ? { why: why.trim() } : {}) };
    const result = await run(() => act('POST', `dead/${verb}`, body));
    if (!result) return;
    say(t(`dead.${verb}.done`, { n: result.done }));
    onClose();
    done();
  };
  return el(Dialog, { title: t(`dead.${verb}.title`), onClose },
    el(Trouble, { problem }),
    !trial && !problem && el('p', { role: 'status' }, t('dead.trying')),
    trial && el('div', { role: 'status' }, el('p.strong', t(`dead.${verb}.would`, { n: trial.matched })), trial.optedOut > 0 && el('p.muted', t('dead.left-out', { n: trial.optedOut })), trial.unreadable > 0 && el('p.bad', t('dead.unreadable', { n: trial.unreadable })),
      el('ul.plain.links', trial.first.slice(0, 5).map((letter) => el('li', { key: letter.id }, el('bdi', word('kind', letter.what)), el('bdi.muted', letter.place), el(Ago, { at: letter.at })))), trial.matched > 5 && el('p.muted', t('dead.and-more', { n: trial.matched - Math.min(5, trial.first.length) }))),
    verb === 'replay' ? el(Field, { label: t('dead.pace'), hint: t('dead.pace.hint'), problem: wrong ? t('dead.pace.wrong') : null }, el('input', { type: 'number', min: 1, max: 1000, inputMode: 'numeric', value: pace, onInput: (event) => setPace(event.currentTarget.value) }))
      : el(Field, { label: t('dead.why'), hint: t('dead.why.hint') }, el('input', { value: why, dir: 'auto', onInput: (event) => setWhy(event.currentTarget.value) })),
    el('footer.actions', el(Button, { onClick: onClose }, t('cancel')), el(Button, { kind: verb === 'replay' ? 'main' : 'danger', busy, disabled: !trial || trial.matched === 0 || wrong, onClick: trial && trial.matched > 0 && !wrong ? go2 : undefined },
      trial ? t(`dead.${verb}.do`, { n: trial.matched }) : t(`dead.${verb}`))));
}
