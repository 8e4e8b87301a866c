// SPDX-License-Identifier: Apache-2.0
// A decision and its reasons, and what two sets of rules decide differently.
import { el } from './dom.mjs';
import { at } from './router.mjs';
import { t } from './texts.mjs';
import { Ago, Badge } from './ui.mjs';

const plain = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

export function Explained({ decision }) {
  const rules = decision.rules ?? [];
  return el('div', { role: 'status' },
    (decision.actions ?? []).length > 0 ? el('ul.lines', decision.actions.map((action, i) => el('li', { key: i }, el('code', { dir: 'auto' }, plain(action))))) : el('p.muted', t('rules.nothing')),
    el('ol.rule-list', rules.map((rule, i) => el('li', { key: i }, el('p', el('strong', { dir: 'auto' }, rule.rule ?? rule.name), el(Badge, { tone: rule.matched ? 'good' : 'quiet' }, t(rule.matched ? 'rules.matched' : 'rules.not-matched'))),
      el('ul.checks', (rule.checks ?? []).map((check, j) => el(`li${check.passed ? '.passed' : '.failed'}`, { key: j }, el('span.sr', t(check.passed ? 'rules.passed' : 'rules.failed')), el('bdi', check.condition), check.why && el('bdi.muted', check.why))))))));
}

/** Before and after side by side; what is only on one side is marked. */
export function Differences({ differences }) {
  if (differences.length === 0) return el('p.good-news', el(Badge, { tone: 'good' }, t('rules.same')), t('rules.same.about'));
  return el('ul.differences', differences.map((difference, i) => el('li', { key: i },
    el('p.timeline-head', difference.message && el('a', { href: at('story', difference.message) }, t('message.story')), el('bdi.muted', difference.channel), difference.at && el(Ago, { at: difference.at }), difference.text && el('bdi', difference.text)),
    el('div.sides', el(Side, { title: t('rules.before'), lines: lines(difference.before ?? difference.old), other: lines(difference.after ?? difference.new) }), el(Side, { title: t('rules.after'), lines: lines(difference.after ?? difference.new), other: lines(difference.before ?? difference.old) })))));
}

function lines(decision) {
  if (decision == null) return [];
  if (Array.isArray(decision)) return decision.map(plain);
  if (typeof decision === 'string') return decision.split('\n');
  const shown = decision.actions ?? decision;
  return Array.isArray(shown) ? shown.map(plain) : Object.entries(shown).map(([name, value]) => `${name}: ${plain(value)}`);
}

function Side({ title, lines: mine, other }) {
  return el('div', el('p.label', title), mine.length === 0 ? el('p.muted', t('rules.nothing')) : el('ul.lines', mine.map((line, i) => el(`li${other.includes(line) ? '' : '.changed'}`, { key: i }, el('code', { dir: 'auto' }, line)))));
}
