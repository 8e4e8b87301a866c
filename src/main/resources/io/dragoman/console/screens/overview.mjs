// SPDX-License-Identifier: Apache-2.0
import { el, useState } from '../dom.mjs';
import { act, can, useAct, useData } from '../api.mjs';
import { at, go } from '../router.mjs';
import { useCalm, useLive } from '../live.mjs';
import { duration, has, num, phrase, t } from '../texts.mjs';
import { Ago, Badge, Button, Card, Empty, Loaded, Page, Said, Segments, Since, Trouble, say } from '../ui.mjs';
import { Spark } from '../plot.mjs';
import { Approvals } from '../approvals.mjs';

const PERIODS = ['hour', 'day', 'week'];
const sum = (values) => values.reduce((a, b) => a + b, 0);

export default function Overview({ filter }) {
  const period = PERIODS.includes(filter.period) ? filter.period : 'day';
  const data = useData('overview', { period });
  const again = useCalm(data.reload, 2000);
  useLive('figures', again);
  useLive('health', again);
  useLive('conversation', again);
  const periods = el(Segments, { label: t('overview.period'), value: period, onPick: (next) => go(at('overview', null, { period: next }), true),
    options: PERIODS.map((name) => [name, t(`period.${name}`)]) });
  return el(Page, { title: t('overview.title'), actions: periods },
    el(Loaded, { from: data, rows: 6 }, (overview) => [
      el(Needs, { overview, reload: data.reload }),
      el(Approvals, { key: 'approvals' }),
      el(Figures, { overview }),
      overview.series && el(Flow, { title: t('overview.channels'), screen: 'channels', lines: overview.series.channels, series: overview.series }),
      overview.series && el(Flow, { title: t('overview.desks'), screen: 'desks', lines: overview.series.desks, series: overview.series }),
    ]));
}

/** What a person is to do now, with the button that mends it. */
function Needs({ overview, reload }) {
  const needs = overview.needs ?? [];
  const desks = new Set((overview.series?.desks ?? []).map((desk) => desk.id));
  return el(Card, { title: t('needs.title') }, needs.length === 0
    ? el('p.good-news', el(Badge, { tone: 'good' }, t('needs.none.badge')), t('needs.none'))
    : el('ul.needs', needs.map((need, i) => el(Need, { key: `${need.code}-${need.phrase.code}-${need.phrase.of?.reason}-${need.target ?? i}`, need, reload, side: desks.has(need.target) ? 'desks' : 'channels' }))));
}

function Need({ need, side, reload }) {
  const { busy, problem, run } = useAct();
  const { action, target } = need;
  const title = has(`needs.${need.code}`) ? t(`needs.${need.code}`) : null;
  const mend = () => run(async () => {
    await act(action.method, action.path.replace(/^\/api\/v1\//, ''), action.body ?? {});
    say(t('done'));
    reload();
  });
  const place = action?.screen === 'channels' && target ? at(side, target) : action?.screen && `#/${action.screen.replace(/^#?\//, '')}`;
  return el('li.need', el('div.need-text', title && el('p.strong', title, target && el('bdi.need-target', target)), el('p', el(Said, { of: need.phrase, text: need.text })),
    need.since && el('p.muted', el(Date.parse(need.since) > Date.now() ? Ago : Since, { at: need.since })), el(Trouble, { problem })),
  place && el('a.button.plain', { href: place, 'aria-label': t('needs.look.at', { what: title ?? phrase(need.phrase) ?? need.text }) }, t('needs.look')),
  action && !place && action.method !== 'GET' && can('operator') && el(Button, { kind: 'main', busy, onClick: mend }, action.path.endsWith('/resume') ? t('connector.resume') : action.label));
}

function Figures({ overview }) {
  const waiting = overview.waiting ?? {};
  const waits = (waiting.events ?? 0) + (waiting.deliveries ?? 0);
  const open = overview.openCircuits ?? [];
  const total = (way) => (overview.series ? sum(overview.series.channels.map((line) => sum(line[way]))) : null);
  return el('ul.figures', { 'aria-label': t('overview.figures') },
    el(Figure, { label: t('overview.in'), value: total('in') }),
    el(Figure, { label: t('overview.out'), value: total('out') }),
    el(Figure, { label: t('overview.waiting'), value: waits, tone: waits > 0 ? 'info' : null, note: waiting.oldestAt && waits > 0 && el(Since, { at: waiting.oldestAt }) }),
    el(Figure, { label: t('overview.dead'), value: overview.dead, tone: overview.dead > 0 ? 'bad' : null, href: at('dead') }),
    el(Figure, { label: t('overview.uncertain'), value: overview.uncertain, tone: overview.uncertain > 0 ? 'warn' : null, href: at('dead') }),
    el(Figure, { label: t('overview.paused'), value: overview.paused, tone: overview.paused > 0 ? 'warn' : null, href: at('channels') }),
    el(Figure, { label: t('overview.circuits'), value: open.length, tone: open.length > 0 ? 'bad' : null, note: open.map((circuit) => circuit.id ?? circuit).join(' ') }),
    el(Figure, { label: t('overview.ledger'), value: overview.ledgerDifference, tone: overview.ledgerDifference ? 'bad' : null,
      note: overview.ledgerDifference === 0 ? t('overview.ledger.even') : overview.ledgerDifference && t('overview.ledger.odd') }));
}

function Figure({ label, value, tone, note, href }) {
  const inside = [el('span.figure-label', label), el(`span.figure-value${tone ? `.${tone}` : ''}`, value == null ? t('unknown') : num(value)), note && el('span.muted', note)];
  return el('li.figure', href && value > 0 ? el('a', { href }, inside) : el('div', inside));
}

function Flow({ title, screen, lines, series }) {
  const [quiet, setQuiet] = useState(false);
  if (lines.length === 0) return el(Card, { title }, el(Empty, { title: t(`overview.${screen}.none`) }));
  const busy = lines.filter((line) => sum(line.in) + sum(line.out) > 0);
  const shown = quiet ? lines : busy;
  const most = Math.max(1, ...lines.flatMap((line) => line.in.map((n, i) => n + line.out[i])));
  return el(Card, { title },
    shown.length > 0 && el('ul.flow', shown.map((line) => el('li', { key: line.id },
      el('a.flow-name', { href: at(screen, line.id), dir: 'auto' }, line.id),
      el(Spark, { values: line.in.map((n, i) => [n, line.out[i]]), most, label: t('overview.spark', { name: line.id, step: duration(series.step) }) }),
      el('span.flow-number', t('overview.in.short', { count: sum(line.in) })), el('span.flow-number', t('overview.out.short', { count: sum(line.out) }))))),
    busy.length < lines.length && el('p.card-foot', el(Button, { 'aria-expanded': String(quiet), onClick: () => setQuiet(!quiet) },
      t(quiet ? 'overview.quiet.hide' : 'overview.quiet', { n: lines.length - busy.length }))));
}
