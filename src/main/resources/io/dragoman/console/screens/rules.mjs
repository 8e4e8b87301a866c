// SPDX-License-Identifier: Apache-2.0
// The rules as they are read, what each did lately, and changing them without a surprise.
import { el, useState } from '../dom.mjs';
import { can, send, useAct, useData } from '../api.mjs';
import { at } from '../router.mjs';
import { t } from '../texts.mjs';
import { Ago, Badge, Card, Empty, Field, Loaded, Page, Said, Tabs, Trouble, Button } from '../ui.mjs';
import { Differences, Explained, Problems } from '../rule-views.mjs';
import RuleEditor from '../rule-editor.mjs';

export default function Rules({ id, filter }) {
  const data = useData('rules');
  const part = (can('operator') ? ['try', 'edit', 'shadow'] : ['shadow']).includes(id) ? id : 'read';
  const tabs = [[t('rules.read'), at('rules'), part === 'read'], can('operator') && [t('rules.try'), at('rules', 'try'), part === 'try'], can('operator') && [t('rules.edit'), at('rules', 'edit'), part === 'edit'], [t('rules.shadow'), at('rules', 'shadow'), part === 'shadow']].filter(Boolean);
  return el(Page, { title: t('rules.title') }, el(Tabs, { label: t('rules.parts'), of: tabs }),
    part === 'shadow' ? el(Shadow) : el(Loaded, { from: data, rows: 6 }, (rules) => (part === 'try' ? el(Try, { rules })
      : part === 'edit' ? el(RuleEditor, { rules, etag: data.etag ?? rules.etag, reload: data.reload, line: filter.line }) : el(Read, { rules }))));
}

function Read({ rules }) {
  const all = rules.rules;
  const most = Math.max(1, ...all.map((rule) => rule.matched?.count ?? 0));
  const problems = rules.problems ?? [];
  if (all.length === 0 && problems.length === 0) return el(Empty, { title: t('rules.none') });
  return el('div.stack', problems.length > 0 && el(Problems, { problems }), el('p.muted', t('rules.about', { file: rules.file ?? t('unknown') }), rules.since && el(Ago, { at: rules.since })),
    el('ol.rule-cards', all.map((rule, i) => el('li.card', { key: i },
      el('header.card-head', el('h2', { dir: 'auto' }, rule.name ?? t('rules.nameless', { number: i + 1 })), el('div.actions', rule.stop && el(Badge, t('rules.stops')), rule.hiddenBy && el(Badge, { tone: 'bad' }, t('rules.hidden', { by: rule.hiddenBy.name ?? rule.hiddenBy })),
        !rule.hiddenBy && !(rule.matched?.count > 0) && el(Badge, { tone: 'warn' }, t('rules.never')))),
      el('div.rule-flow', el('div', el('p.label', t('rules.when')), el(Lines, { of: rule.when, none: t('rules.always') })), el('div', el('p.label', t('rules.then')), el(Done, { rule }))),
      el('p.match', rule.matched?.count > 0 && el('span.bar-of', { 'aria-hidden': 'true' }, el('span', { style: { inlineSize: `${(rule.matched.count / most) * 100}%` } })), rule.matched?.count > 0 && el('span', t('rules.count', { n: rule.matched.count }), rule.matched.lastAt && el(Ago, { at: rule.matched.lastAt })),
        rule.line != null && el('span.line-number', t('rules.line', { line: String(rule.line) })))))));
}

/** What a rule does, in the reader's words. */
function Done({ rule }) {
  if (!rule.phrases) return el(Lines, { of: rule.then });
  return el('ul.lines', rule.phrases.map((one, i) => el('li', { key: i }, el(Said, { of: one }))));
}

/** Conditions and actions come as lines, or as an object of the file. */
function Lines({ of, none }) {
  const lines = of == null ? [] : Array.isArray(of) ? of : typeof of === 'string' ? of.split('\n') : Object.entries(of).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  if (lines.length === 0) return el('p.muted', none);
  return el('ul.lines', lines.map((line, i) => el('li', { key: i }, el('code', { dir: 'auto' }, typeof line === 'string' ? line : JSON.stringify(line)))));
}

function Try() {
  const [message, setMessage] = useState({ channel: '', text: '', subject: '', from: '' });
  const [answer, setAnswer] = useState(null);
  const { busy, problem, run } = useAct();
  const channels = useData('channels');
  const ids = (channels.data ?? []).map((channel) => channel.id);
  const channel = message.channel || ids[0] || '';
  const set = (name) => (event) => setMessage({ ...message, [name]: event.currentTarget.value });
  const submit = (event) => {
    event.preventDefault();
    const given = Object.fromEntries(Object.entries({ ...message, channel }).filter(([, value]) => value.trim() !== ''));
    run(async () => setAnswer(await (await send('POST', 'rules/try', { body: { message: given } })).json()));
  };
  return el('div.columns', el(Card, { title: t('rules.try.title'), class: 'main-column' }, el('form.stack', { onSubmit: submit },
    el(Field, { label: t('filters.channel') }, el('select', { value: channel, onChange: set('channel') }, ids.map((one) => el('option', { key: one, value: one }, one)))),
    el(Field, { label: t('rules.try.from') }, el('input', { value: message.from, dir: 'auto', onInput: set('from') })), el(Field, { label: t('about.subject') }, el('input', { value: message.subject, dir: 'auto', onInput: set('subject') })),
    el(Field, { label: t('rules.try.text') }, el('textarea', { rows: 4, dir: 'auto', value: message.text, onInput: set('text') })), el(Trouble, { problem }), el('div', el(Button, { kind: 'main', type: 'submit', busy }, t('rules.try.do'))))),
  el('div.side-column', el(Card, { title: t('rules.try.result') }, answer ? answer.map((report, i) => el(Explained, { key: i, decision: report.decision, desk: report.desk })) : el('p.muted', t('rules.try.about')))));
}

/** New rules run beside the old ones: only what they would do differently is kept. */
function Shadow() {
  const data = useData('rules/shadow');
  const { busy, problem, run } = useAct();
  const end = () => run(async () => { await send('DELETE', 'rules/shadow'); data.reload(); });
  if (data.problem?.status === 404) return el(Empty, { title: t('rules.shadow.none') }, el('p.muted', t('rules.shadow.about')));
  return el(Loaded, { from: data }, (shadow) => (!shadow?.since ? el(Empty, { title: t('rules.shadow.none') }, el('p.muted', t('rules.shadow.about')))
    : el(Card, { title: t('rules.shadow.title'), actions: [el(Button, { key: 'r', onClick: data.reload }, t('reload')), can('operator') && el(Button, { key: 'e', busy, onClick: end }, t('rules.shadow.end'))] }, el(Trouble, { problem }),
      el('p', t('rules.shadow.compared', { n: shadow.compared }), el(Ago, { at: shadow.since })), shadow.skipped > 0 && el('p.muted', t('rules.shadow.skipped', { n: shadow.skipped })), el(Differences, { differences: shadow.differences ?? [] }))));
}
