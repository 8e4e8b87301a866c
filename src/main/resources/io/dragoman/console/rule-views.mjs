// SPDX-License-Identifier: Apache-2.0
// A decision and its reasons, and what two sets of rules decide differently.
import { el } from './dom.mjs';
import { at } from './router.mjs';
import { t } from './texts.mjs';
import { Ago, Badge, Table } from './ui.mjs';

const plain = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

export function Explained({ decision, desk }) {
  const rules = decision.rules ?? [];
  return el('div.stack', { role: 'status' }, desk && el('p', el('span.muted', t('rules.desk')), el('bdi', desk)),
    (decision.actions ?? []).length > 0 ? el('ul.lines', decision.actions.map((action, i) => el('li', { key: i }, el('code', { dir: 'auto' }, plain(action))))) : el('p.muted', t('rules.nothing')),
    el('ol.rule-list', rules.map((rule, i) => el('li', { key: i }, el('p', el('strong', { dir: 'auto' }, rule.rule ?? rule.name), el(Badge, { tone: rule.matched ? 'good' : 'quiet' }, t(rule.matched ? 'rules.matched' : 'rules.not-matched'))),
      el('ul.checks', (rule.checks ?? []).map((check, j) => el(`li${check.passed ? '.passed' : '.failed'}`, { key: j }, el('span.sr', t(check.passed ? 'rules.passed' : 'rules.failed')), el('bdi', check.condition), check.why && el('bdi.muted', { lang: 'en' }, check.why))))))));
}

/** What is wrong with rules, and where. */
export function Problems({ problems }) {
  const errors = problems.filter((one) => !one.warning);
  const warnings = problems.filter((one) => one.warning && /rules\.yaml$/.test(one.file)); // those of other files are theirs
  if (errors.length + warnings.length === 0) return null;
  return el('div', errors.length > 0 && el('ul.trouble', { role: 'alert' }, errors.map((one, i) => el('li', { key: i, lang: 'en', dir: 'auto' }, placed(one)))),
    warnings.length > 0 && el('ul.plain', warnings.map((one, i) => el('li', { key: i, dir: 'auto' }, el(Badge, { tone: 'warn' }, t('rules.warning')), el('span', { lang: 'en' }, placed(one))))));
}

const placed = (one) => (one.line > 0 ? t('problem.place', { ...one, line: String(one.line) }) : one.text);

/** Before and after side by side. */
export function Differences({ differences }) {
  if (differences.length === 0) return el('p.good-news', el(Badge, { tone: 'good' }, t('rules.same')), t('rules.same.about'));
  return el('ul.differences', differences.map((difference, i) => el('li', { key: i },
    el('p.timeline-head', el('a', { href: at('story', difference.message), target: '_blank', rel: 'noopener' }, t('message.story')), el('bdi.muted', difference.channel), el(Ago, { at: difference.receivedAt })),
    difference.text && el('p.text', { dir: 'auto' }, difference.text), el(Changes, { changes: difference.changes }))));
}

/** Each change is told as "team a -> b". */
function Changes({ changes }) {
  const split = changes.map((change) => {
    const arrow = change.indexOf(' -> ');
    const word = change.indexOf(' ');
    return arrow < 0 ? [change, '', ''] : [change.slice(0, word), change.slice(word + 1, arrow), change.slice(arrow + 4)];
  });
  return el(Table, { caption: t('rules.changes'), heads: [t('rules.what'), t('rules.before'), t('rules.after')] },
    split.map(([what, before, after], i) => el('tr', { key: i }, el('td', { dir: 'auto' }, what), el('td.changed', before && el('code', { dir: 'auto' }, before)), el('td.changed', after && el('code', { dir: 'auto' }, after)))));
}
