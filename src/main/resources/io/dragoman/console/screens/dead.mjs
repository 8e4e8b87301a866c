// SPDX-License-Identifier: Apache-2.0
// What needs a person: what it is, why, how many are alike, and sending it again or giving it up.
import { el, useEffect, useMemo, useRef, useState } from '../dom.mjs';
import { act, can, useAct, useData } from '../api.mjs';
import { at, go } from '../router.mjs';
import { useCalm, useLive } from '../live.mjs';
import { list, plain, t, word } from '../texts.mjs';
import { Ago, Badge, Button, Card, Dialog, Empty, Field, Loaded, Page, Since, Table, Trouble, say } from '../ui.mjs';

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

/** What makes a detail of one attempt differ from that of the next: ids and long numbers. */
const OWN = /[0-9a-f]{8}[0-9a-f-]*|\d{4,}/gi;

/** What has one cause is shown once: the same work for the same place, that ended in the same way for the same reason. */
function grouped(letters) {
  const groups = new Map();
  letters.forEach((letter) => {
    const key = JSON.stringify([letter.origin, letter.place, letter.what, plain(letter.state), letter.reason, letter.detail?.replace(OWN, '')]);
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

/** A delivery's kind or an event's type. */
const called = (letter) => (letter.origin === 'event' ? t('dead.event', { what: word('type', letter.what) }) : word('kind', letter.what));

const named = (letter) => list([called(letter), letter.who].filter(Boolean));

const oldest = (letters) => letters.map((letter) => letter.at).sort()[0];

/** What asks for all of a group, also for those that are not in this page; null where nothing tells them from others. */
function asked(of) {
  const [first] = of;
  const known = (text) => (/^[\x20-\x7e]*$/.test(text ?? '') ? text : ''); // a database knows no other small letters
  const same = of.every((letter) => letter.detail === first.detail);
  const reason = first.origin === 'event' ? known(first.reason) : [plain(first.reason), same && known(first.detail)].filter(Boolean).join(' ');
  return reason ? { channel: first.place, reason } : null;
}

function Group({ of, setOrder }) {
  const [first] = of;
  const [most, setMost] = useState(SHOWN);
  const alike = asked(of);
  const replays = plain(first.reason) !== 'recipient-opted-out'; // who objected is not written to again
  const why = first.reason ? word('reason', first.reason) : first.detail || t('dead.no-reason');
  return el(Card, { title: first.reason ? why : el('span', { lang: first.detail && 'en', dir: 'auto' }, why), actions: can('operator') && of.length > 1 && alike && [
    replays && el(Button, { key: 'r', onClick: () => setOrder({ verb: 'replay', which: alike }) }, t('dead.replay.n', { n: of.length })), el(Button, { key: 'd', kind: 'danger', onClick: () => setOrder({ verb: 'discard', which: alike }) }, t('dead.discard'))] },
  el('p.group', el(Badge, { tone: plain(first.state) === 'dead' ? 'bad' : 'warn' }, word('delivery', plain(first.state))), el('span', called(first)), el('bdi.strong', first.place), el('span.muted', t('dead.alike', { n: of.length })), el('span.muted', ' ', el(Since, { at: oldest(of) }))),
  !replays && el('p.muted', t('dead.opted-out')), first.reason && first.detail && el('p.text', { dir: 'auto', lang: 'en' }, first.detail),
  el(Table, { caption: why, heads: [t('dead.what'), t('dead.who'), t('dead.since'), t('dead.tries'), { text: t('actions'), class: 'end' }] },
    of.slice(0, most).map((letter) => el('tr', { key: letter.id },
      el('td', el('a', { href: at('story', letter.id), dir: 'auto' }, called(letter))),
      el('td.free', letter.conversation ? el('a', { href: at('conversations', letter.conversation), dir: 'auto' }, letter.who) : t('none'), letter.ticket && el('span.ticket.muted', t('about.reference'), el('bdi', letter.ticket))),
      el('td', el(Ago, { at: letter.at })), el('td', t('menu.number', { count: letter.tries })),
      el('td.end', can('operator') && el('div.actions', replays && el(Button, { class: 'small', 'aria-label': t('dead.replay.one', { what: named(letter) }), onClick: () => setOrder({ verb: 'replay', which: { id: letter.id } }) }, t('dead.replay')),
        el(Button, { class: 'small', kind: 'danger', 'aria-label': t('dead.discard.one', { what: named(letter) }), onClick: () => setOrder({ verb: 'discard', which: { id: letter.id } }) }, t('dead.discard'))))))),
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
      el('ul.plain.links', trial.first.slice(0, 5).map((letter) => el('li', { key: letter.id }, el('bdi', called(letter)), el('bdi.muted', letter.place), letter.who && el('bdi', letter.who), el(Ago, { at: letter.at })))), trial.matched > 5 && el('p.muted', t('dead.and-more', { n: trial.matched - Math.min(5, trial.first.length) }))),
    verb === 'replay' ? el(Field, { label: t('dead.pace'), hint: t('dead.pace.hint'), problem: wrong ? t('dead.pace.wrong') : null }, el('input', { type: 'number', min: 1, max: 1000, inputMode: 'numeric', value: pace, onInput: (event) => setPace(event.currentTarget.value) }))
      : el(Field, { label: t('dead.why'), hint: t('dead.why.hint') }, el('input', { value: why, dir: 'auto', onInput: (event) => setWhy(event.currentTarget.value) })),
    el('footer.actions', el(Button, { onClick: onClose }, t('cancel')), el(Button, { kind: verb === 'replay' ? 'main' : 'danger', busy, disabled: !trial || trial.matched === 0 || wrong, onClick: trial && trial.matched > 0 && !wrong ? go2 : undefined },
      trial ? t(`dead.${verb}.do`, { n: trial.matched }) : t(`dead.${verb}`))));
}
