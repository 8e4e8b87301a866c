// SPDX-License-Identifier: Apache-2.0
// Channels and desks are shown and changed in the same way: how each is, what is left to set up, and what was refused.
import { el, useState } from './dom.mjs';
import { act, can, inForce, send, useAct, useData } from './api.mjs';
import { at } from './router.mjs';
import { useCalm, useLive } from './live.mjs';
import { ago, list, t, word } from './texts.mjs';
import { Ago, Badge, Button, Card, Copy, Dialog, Empty, Facts, Field, Loaded, Moment, Page, Said, Table, Trouble, say } from './ui.mjs';
import { ConnectorForm, Steps } from './connector-form.mjs';

const TONES = { ok: 'good', waiting: 'info', paused: 'warn', failing: 'bad', off: 'quiet' };

export default function Connectors({ side, screen, id, filter }) {
  if (id === 'new' || filter.edit) return el(ConnectorForm, { key: `${screen}/${id}`, side, screen, id: id === 'new' ? null : id });
  return id ? el(One, { key: id, screen, side, id }) : el(All, { screen, side });
}

/** What came and went last is counted every few seconds, so that what is heard of now may show only in a second look. */
const COUNTED = 6000;

/** Looks again when something happened; of one channel only when it was there. A desk's traffic is in conversations of any. */
function useFresh(reload, id, side) {
  const soon = useCalm(reload, 1000);
  const later = useCalm(reload, COUNTED);
  const again = () => { soon(); later(); };
  useLive('health', (event) => { if (event === null || !id || event.id === id) again(); });
  useLive('conversation', (event) => { if (event === null || !id || side === 'desk' || event.channel === id) again(); });
  useLive('figures', again);
}

function All({ screen, side }) {
  const data = useData(screen);
  const config = useData(can('operator') ? 'config' : null);
  useFresh(data.reload, null, side);
  const add = can('operator') && config.data && !config.data.readOnly && el('a.button.main', { href: at(screen, 'new') }, t(`${screen}.add`));
  return el(Page, { title: t(`${screen}.title`), actions: add },
    config.data?.readOnly && el('p.notice', t('config.read-only')),
    el(Loaded, { from: data, rows: 5 }, (all) => (all.length === 0 ? el(Empty, { title: t(`${screen}.none`) })
      : el('ul.connectors', all.map((one) => el('li.connector', { key: one.id }, el(Summary, { one, screen, side })))))));
}

function Summary({ one, screen }) {
  return el('a', { href: at(screen, one.id) }, el('span.connector-head', el('bdi.strong', one.id), el(Badge, { tone: TONES[one.state] }, word('state', one.state)), one.defaultDesk && el(Badge, t('desk.default.badge'))),
    el('span.muted', { dir: 'auto' }, one.title), el(Said, { of: one.phrases, text: one.sentence }),
    el('span.row-foot', one.token?.endsAt && el('span', Date.parse(one.token.endsAt) < Date.now() ? t('connector.token-ended', { at: ago(one.token.endsAt) }) : [t('connector.token-ends'), el(Ago, { key: 'a', at: one.token.endsAt })]), one.refusals?.length > 0 && el(Badge, { tone: 'warn' }, t('connector.refused', { n: one.refusals.length })),
      (one.notices ?? []).some((notice) => notice.problem) && el(Badge, { tone: 'bad' }, t('connector.notice'))));
}

function One({ screen, side, id }) {
  const data = useData(`${screen}/${encodeURIComponent(id)}`);
  const config = useData(can('operator') ? 'config' : null);
  useFresh(data.reload, id, side);
  const change = can('operator') && config.data && !config.data.readOnly;
  if (!data.data) return el(Page, { title: id, back: at(screen) }, el(Loaded, { from: data, rows: 6 }));
  return el(Loaded, { from: data }, (one) => el(Page, { title: one.id, note: one.title, back: at(screen),
    actions: [el(Badge, { key: 's', tone: TONES[one.state] }, word('state', one.state)), can('operator') && el(Pausing, { key: 'p', one, changed: data.reload }),
      change && el('a.button.plain', { key: 'c', href: at(screen, id, { edit: 1 }) }, t('connector.change'))] },
  el('div.columns', el('div.main-column.stack', el(Health, { one }), side === 'desk' && el(Reached, { one, change, changed: data.reload }), el(SetUp, { one, screen, changed: data.reload }), el(Refusals, { one })),
    el('div.side-column', can('operator') && el(Test, { one, screen, side }), el(Settings, { one })))));
}

function Pausing({ one, changed }) {
  const { busy, problem, run } = useAct();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const paused = one.state === 'paused';
  const does = (verb, body) => run(async () => { await act('POST', verb, body); setAsking(false); say(t(`connector.${verb}d`, { id: one.id })); changed(); });
  if (paused) return [el(Trouble, { problem }), el(Button, { kind: 'main', busy, onClick: () => does('resume', { id: one.id }) }, t('connector.resume'))];
  return [el(Button, { onClick: () => setAsking(true) }, t('connector.pause')),
    asking && el(Dialog, { title: t('connector.pause.title', { id: one.id }), onClose: () => setAsking(false) }, el('p', t('connector.pause.about')), el(Trouble, { problem }),
      el(Field, { label: t('connector.pause.reason') }, el('input', { value: reason, dir: 'auto', onInput: (event) => setReason(event.currentTarget.value) })),
      el('footer.actions', el(Button, { onClick: () => setAsking(false) }, t('cancel')), el(Button, { kind: 'main', busy, onClick: () => does('pause', { id: one.id, ...(reason.trim() ? { reason: reason.trim() } : {}) }) }, t('connector.pause'))))];
}

function Health({ one }) {
  const { circuit } = one;
  const open = circuit && (circuit.state ?? circuit) === 'open';
  return el(Card, { title: t('connector.health') }, el('p.strong', el(Said, { of: one.phrases, text: one.sentence })),
    open && el('div.trouble', { role: 'status' }, el('p', t('connector.circuit'), circuit.nextTry && el(Ago, { at: circuit.nextTry, ahead: true }))),
    el(Facts, { of: [[t('connector.last-in'), one.lastInAt && el(Ago, { at: one.lastInAt })], [t('connector.last-out'), one.lastOutAt && el(Ago, { at: one.lastOutAt })], [t('connector.last-asked'), one.lastAskedAt && el(Ago, { at: one.lastAskedAt })],
      [t('connector.token'), one.token?.endsAt && el(Moment, { at: one.token.endsAt, style: 'full' })], [t('connector.capabilities'), capabilities(one.capabilities)]] }),
    (one.notices ?? []).length > 0 && el('ul.notices', one.notices.map((notice, i) => el('li', { key: i }, notice.problem && el(Badge, { tone: 'bad' }, t('connector.notice')), el('bdi', { lang: 'en' }, notice.text ?? notice.about), el(Ago, { at: notice.at })))));
}

/** Whether conversations come to a desk: one that was just added gets none until something sends there. */
function Reached({ one, change, changed }) {
  const { busy, problem, run } = useAct();
  const make = () => run(async () => {
    await inForce(await send('PUT', `config/desks/${encodeURIComponent(one.id)}/default`));
    say(t('desk.made-default', { id: one.id }));
    changed();
  });
  return el(Card, { title: t('desk.reached') }, el(Trouble, { problem }),
    one.defaultDesk ? el('p', t('desk.default')) : [el('p', { key: 't' }, t('desk.not-default', { id: one.id })),
      el('p.links', { key: 'l' }, el('a', { href: at('rules') }, t('menu.rules'))), change && el(Button, { key: 'b', busy, onClick: make }, t('desk.make-default'))]);
}

function capabilities(given) {
  if (!given) return null;
  if (Array.isArray(given)) return list(given.map(String));
  return list(Object.entries(given).filter(([, value]) => value === true || (Array.isArray(value) && value.length > 0)).map(([name, value]) => (value === true ? word('capability', name) : `${word('capability', name)}: ${list(value.map((kind) => word('media', kind)))}`)));
}

function SetUp({ one, screen, changed }) {
  if (!one.callbackUrl && !(one.setUp?.length > 0)) return null;
  return el(Card, { title: t('connector.set-up') }, one.callbackUrl && el('div.field', el('p.label', t('connector.callback')), el(Copy, { text: one.callbackUrl, label: t('connector.callback') })),
    one.setUp?.length > 0 && el(Steps, { steps: one.setUp }), can('operator') && one.capabilities?.connects === true && el(Connect, { one, screen, changed }));
}

/** What a person would do at the provider by hand, where its API does it as well. */
function Connect({ one, screen, changed }) {
  const { busy, problem, run } = useAct();
  const connect = () => run(async () => {
    await inForce(await send('POST', `${screen}/${encodeURIComponent(one.id)}/connect`, { body: {} }));
    say(t('connector.connected', { id: one.id }));
    changed();
  });
  return el('div.stack', el('p', t('connector.connect.about')), el(Trouble, { problem }), el('div', el(Button, { kind: 'main', busy, onClick: connect }, t('connector.connect'))));
}

function Refusals({ one }) {
  const refusals = one.refusals ?? [];
  return el(Card, { title: t('connector.refusals') }, refusals.length === 0 ? el('p.muted', t('connector.refusals.none'))
    : el(Table, { caption: t('connector.refusals'), heads: [t('connector.refusal.at'), t('connector.refusal.status'), t('connector.refusal.reason')] },
      refusals.map((refusal, i) => el('tr', { key: i }, el('td', el(Ago, { at: refusal.at })), el('td', String(refusal.status)), el('td', { dir: 'auto', lang: 'en' }, refusal.reason)))));
}

/** Whether it would work: without a message, or for a channel with one. */
function Test({ one, screen, side }) {
  const { busy, problem, run } = useAct();
  const [to, setTo] = useState('');
  const [text, setText] = useState('');
  const [lines, setLines] = useState(null);
  const test = (event) => {
    event.preventDefault();
    const body = side === 'channel' && to.trim() ? { to: to.trim(), text: text.trim() || t('connector.test.text') } : {};
    run(async () => { const result = await act('POST', `${screen}/${encodeURIComponent(one.id)}/test`, body); setLines(result.checks); say(t('connector.tested')); });
  };
  const writes = side === 'channel' && one.capabilities?.writesFirst;
  if (!writes && !one.capabilities?.test) return null;
  return el(Card, { title: t('connector.test') }, el('form.stack', { onSubmit: test },
    writes && [el(Field, { key: 'to', label: t('connector.test.to'), hint: t('connector.test.hint') }, el('input', { value: to, dir: 'ltr', onInput: (event) => setTo(event.currentTarget.value) })),
      to.trim() && el(Field, { key: 'text', label: t('connector.test.message') }, el('textarea', { rows: 2, dir: 'auto', value: text, placeholder: t('connector.test.text'), onInput: (event) => setText(event.currentTarget.value) }))],
    el(Trouble, { problem }), el('div', el(Button, { type: 'submit', busy }, t(to.trim() ? 'connector.test.send' : 'connector.test.do')))),
  Array.isArray(lines) && el('ul.checks', { role: 'status' }, lines.map((line, i) => el('li', { key: i, class: looked[line.result] ?? 'failed' }, el('span.sr', t(`check.${line.result}`)), el('bdi', { lang: 'en' }, line.name), el('bdi.muted', { lang: 'en' }, line.found), line.remedy && el('bdi', { lang: 'en' }, line.remedy)))));
}

/** What was not looked at is neither good nor bad. */
const looked = { ok: 'passed', 'not-checked': 'unknown' };

function Settings({ one }) {
  if (!one.settings) return one.source ? el(Card, { title: t('connector.settings') }, el(Source, { source: one.source })) : null;
  const shown = (setting) => (setting?.secret ? setting.reference ?? t('connector.secret.plain') : setting?.text ?? String(setting));
  return el(Card, { title: t('connector.settings') }, el('dl.facts', Object.entries(one.settings).map(([name, setting]) => el('div', { key: name }, el('dt', { dir: 'ltr' }, name), el('dd', { dir: 'auto' }, setting?.secret ? el('code', shown(setting)) : shown(setting))))),
    one.source && el(Source, { source: one.source }));
}

const Source = ({ source }) => el('p.muted', t('connector.source', { file: source.file, line: String(source.line) }));
