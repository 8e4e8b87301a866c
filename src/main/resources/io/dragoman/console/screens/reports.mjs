// SPDX-License-Identifier: Apache-2.0
// The figures of a time, with plots, and as files.
import { el, useMemo } from '../dom.mjs';
import { get, useAct, useData } from '../api.mjs';
import { at, go } from '../router.mjs';
import { duration, num, percent, t } from '../texts.mjs';
import { Ago, Button, Card, Loaded, Page, Segments, Table, Trouble, say } from '../ui.mjs';
import { Plot } from '../plot.mjs';
import { csv, save } from '../csv.mjs';
import Measures from './measures.mjs';
import Polls from './polls.mjs';

const DAYS = { day: 1, week: 7, month: 30 };
const HOUR = 3_600_000;

export default function Reports({ filter }) {
  const period = DAYS[filter.period] ? filter.period : 'week';
  const since = useMemo(() => new Date(Math.floor(Date.now() / HOUR) * HOUR - DAYS[period] * 24 * HOUR).toISOString(), [period]);
  const report = useData('report', { since });
  const overview = useData('overview', { period: period === 'day' ? 'day' : 'week' });
  const waiting = useData('report/waiting', { limit: 20 });
  return el(Page, { title: t('reports.title'), actions: el(Segments, { label: t('overview.period'), value: period, onPick: (next) => go(at('reports', null, { ...filter, period: next }), true), options: Object.keys(DAYS).map((name) => [name, t(`period.${name}`)]) }) },
    el(Loaded, { from: overview, rows: 3 }, ({ series }) => series && el(Traffic, { series })),
    el(Loaded, { from: report, rows: 6 }, (figures) => [el(Totals, { key: 't', figures }), el(Lines, { key: 'l', figures, since })]),
    el(Measures, { filter, since }),
    el(Polls),
    el(Loaded, { from: waiting, rows: 2 }, (answer) => el(Waiting, { answer })));
}

function Traffic({ series }) {
  const { times, lines } = useMemo(() => {
    const length = series.channels[0]?.in.length ?? 0;
    const begin = Date.parse(series.start) / 1000;
    const total = (way) => Array.from({ length }, (_, i) => series.channels.reduce((sum, line) => sum + line[way][i], 0));
    return { times: Array.from({ length }, (_, i) => begin + i * series.step), lines: [{ label: t('overview.in'), values: total('in') }, { label: t('overview.out'), values: total('out') }] };
  }, [series]);
  return el(Card, { title: t('reports.traffic') }, times.length === 0 ? el('p.muted', t('reports.none')) : el(Plot, { times, lines, label: t('reports.traffic.by', { step: duration(series.step) }) }));
}

const seconds = (value) => (value == null ? t('none') : duration(value));

function Totals({ figures }) {
  const { total } = figures;
  return el(Card, { title: t('reports.total') }, !figures.complete && el('p.notice', t('reports.incomplete')), el('ul.figures', [
    [t('reports.conversations'), num(total.conversations)], [t('overview.in'), num(total.messagesIn)], [t('overview.out'), num(total.messagesOut)], [t('reports.automatic'), num(total.automatic)],
    [t('reports.first'), seconds(total.firstResponse.median)], [t('reports.first.p90', { share: percent(0.9) }), seconds(total.firstResponse.p90)], [t('reports.resolution'), seconds(total.resolution.median)], [t('reports.unanswered'), num(total.unanswered)]].map(([label, shown]) => el('li.figure', { key: label }, el('div', el('span.figure-label', label), el('span.figure-value', shown))))));
}

const COLUMNS = ['channel', 'desk', 'team', 'conversations', 'messagesIn', 'messagesOut', 'automatic', 'firstResponse', 'resolution', 'unanswered'];
const value = (line, name) => (typeof line[name] === 'object' ? line[name]?.median ?? '' : line[name] ?? '');

function Lines({ figures, since }) {
  const { busy, problem, run } = useAct();
  const rows = () => run(async () => {
    const all = [];
    let after;
    do {
      const page = await get('report/conversations', { since, after, limit: 500 });
      all.push(...page.conversations);
      after = page.next;
    } while (after && all.length < 100_000);
    save('conversations.csv', csv(all));
    say(t('reports.saved'));
  });
  const shown = (line, name) => (['firstResponse', 'resolution'].includes(name) ? seconds(line[name]?.median) : typeof line[name] === 'number' ? num(line[name]) : line[name] ?? t('none'));
  const lines = () => save('report.csv', csv(figures.lines.map((line) => Object.fromEntries(COLUMNS.map((name) => [name, value(line, name)])))));
  return el(Card, { title: t('reports.lines'), actions: [el(Button, { key: 'l', onClick: lines }, t('reports.csv')), el(Button, { key: 'c', busy, onClick: rows }, t('reports.csv.conversations'))] }, el(Trouble, { problem }),
    figures.lines.length === 0 ? el('p.muted', t('reports.none')) : el(Table, { caption: t('reports.lines'), heads: COLUMNS.map((name) => t(`reports.column.${name}`)) },
      figures.lines.map((line, i) => el('tr', { key: i }, COLUMNS.map((name) => el('td', { key: name, dir: 'auto' }, shown(line, name)))))));
}

function Waiting({ answer }) {
  return el(Card, { title: t('reports.waiting', { n: answer.count }) }, answer.waiting.length === 0 ? el('p.muted', t('reports.waiting.none'))
    : el('ul.plain.links', answer.waiting.map((one) => el('li', { key: one.conversation }, el('a', { href: at('conversations', one.conversation), dir: 'auto' }, t('reports.waiting.in', { channel: one.channel })), one.team && el('bdi.muted', one.team), el(Ago, { at: one.since })))));
}
