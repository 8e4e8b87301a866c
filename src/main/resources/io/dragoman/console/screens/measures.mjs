// SPDX-License-Identifier: Apache-2.0
// The measures of a time, as docs/measures.md defines them: a column for each group, the first for all.
import { el } from '../dom.mjs';
import { useData } from '../api.mjs';
import { at, go } from '../router.mjs';
import { duration, num, percent, t } from '../texts.mjs';
import { Button, Card, Field, Loaded, Select, Table } from '../ui.mjs';
import { csv, save } from '../csv.mjs';

const GROUPS = ['none', 'channel', 'kind', 'desk', 'team', 'language', 'hour', 'day'];
const SHOWN = 24;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

const share = (of) => of && (of.rate == null ? t('none') : t('measures.share', { rate: percent(of.rate), part: num(of.part), of: num(of.of) }));
const times = (of) => of && (of.median == null ? t('none') : t('measures.times', { median: duration(of.median), share: percent(0.9), p90: duration(of.p90) }));
const score = (of, shown) => of && (of.score == null ? t('measures.few', { answers: num(of.answered.part) }) : t('measures.score', { score: shown(of.score), low: shown(of.low), high: shown(of.high) }));

const MEASURES = [
  ['conversations', (line) => num(line.conversations)], ['messages', (line) => t('measures.inOut', { in: num(line.messagesIn), out: num(line.messagesOut), automatic: num(line.automatic) })],
  ['firstResponse', (line) => times(line.firstResponse)], ['firstResponseOpen', (line) => times(line.firstResponseOpen)], ['unanswered', (line) => num(line.unanswered)],
  ['resolution', (line) => times(line.resolution)], ['resolutionOpen', (line) => times(line.resolutionOpen)], ['firstContact', (line) => share(line.firstContact)],
  ['reopened', (line) => share(line.reopened)], ['repeat', (line) => share(line.repeat)], ['deflected', (line) => share(line.deflected)],
  ['backlog', (line) => t('measures.open', { n: num(line.backlog.count), age: times(line.backlog) })], ['churn', (line) => share(line.churn)],
  ['csat', (line) => score(line.csat, percent)], ['nps', (line) => score(line.nps, (n) => num(n))], ['ces', (line) => score(line.ces, percent)],
  ['responses', (line) => share(line.csat?.answered ?? line.nps?.answered ?? line.ces?.answered)]];

/** Figures in a file are numbers: shares from 0 to 1, times in seconds. */
function row(line) {
  const flat = { group: line.group ?? '' };
  for (const [name, value] of Object.entries(line)) {
    if (typeof value === 'number') flat[name] = value;
    else if (value && typeof value === 'object') for (const [part, figure] of Object.entries(value)) if (typeof figure !== 'object') flat[`${name}.${part}`] = figure;
  }
  return flat;
}

export default function Measures({ filter, since }) {
  const by = GROUPS.includes(filter.by) ? filter.by : 'none';
  const measures = useData('report/measures', { since, zone, by: by === 'none' ? undefined : by });
  const pick = (next) => go(at('reports', null, { ...filter, by: next }), true);
  const choice = el(Field, { key: 'by', label: t('measures.by'), inline: true }, el(Select, { value: by, onPick: pick, options: GROUPS.map((name) => [name, t(`measures.by.${name}`)]) }));
  return el(Card, { title: t('measures.title') }, choice, el(Loaded, { from: measures, rows: 8 }, (report) => el(Figures, { report })));
}

function Figures({ report }) {
  const shown = [report.total, ...report.lines.slice(0, SHOWN)];
  const rows = MEASURES.filter(([, of]) => shown.some((line) => of(line) != null));
  const file = () => save('measures.csv', csv([...report.lines, report.total].map(row)));
  const name = (line, i) => (i === 0 ? t('measures.all') : line.group ?? t('none'));
  return [!report.complete && el('p.notice', { key: 'n' }, t('reports.incomplete')), report.lines.length > SHOWN && el('p.muted', { key: 'm' }, t('measures.more', { n: num(SHOWN) })),
    el(Button, { key: 'f', onClick: file }, t('measures.csv')),
    el(Table, { key: 't', caption: t('measures.title'), heads: [t('measures.measure'), ...shown.map(name)] },
      rows.map(([key, of]) => el('tr', { key }, el('th', { scope: 'row' }, t(`measures.${key}`)), shown.map((line, i) => el('td', { key: i, dir: 'auto' }, of(line) ?? t('none'))))))];
}
