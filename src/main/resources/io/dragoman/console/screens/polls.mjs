// SPDX-License-Identifier: Apache-2.0
// What customers answered to polls, as docs/polls.md counts it.
import { el } from '../dom.mjs';
import { useData } from '../api.mjs';
import { num, t } from '../texts.mjs';
import { Card, Loaded, Table } from '../ui.mjs';

export default function Polls() {
  const polls = useData('polls');
  return el(Loaded, { from: polls, rows: 2 }, (list) => list.polls.length > 0 && el(Card, { title: t('polls.title') }, list.polls.map((poll) => el(Results, { key: poll.name, name: poll.name }))));
}

function Results({ name }) {
  const results = useData(`polls/${encodeURIComponent(name)}`);
  return el(Loaded, { from: results, rows: 2 }, (of) => [el('p', { key: 'p' }, el('bdi', name), ' ', t('polls.turnout', { asked: num(of.asked), done: num(of.done) })),
    of.questions.length > 0 && el(Table, { key: 't', caption: name, heads: ['question', 'answer', 'contacts'].map((head) => t(`polls.${head}`)) }, of.questions.flatMap(rows))]);
}

function rows(question) {
  const numbers = question.mean != null && t('polls.numbers', { mean: num(question.mean, 2), least: num(question.least, 2), most: num(question.most, 2) });
  const lines = question.counts.length > 0 ? question.counts.map((one) => [one.correct ? t('polls.right', { value: one.value }) : one.value, one.contacts]) : [[numbers || t('none'), question.answered]];
  return lines.map(([value, contacts], i) => el('tr', { key: `${question.question} ${i}` }, el('th', { scope: 'row' }, i === 0 && el('bdi', question.question)), el('td', { dir: 'auto' }, value), el('td', num(contacts))));
}
