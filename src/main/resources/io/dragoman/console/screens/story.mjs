// SPDX-License-Identifier: Apache-2.0
// Why a message went where it went, in the order in which it happened.
import { el, useEffect, useState } from '../dom.mjs';
import { can, rawUrl, send, useAct, useData } from '../api.mjs';
import { at } from '../router.mjs';
import { useCalm, useLive } from '../live.mjs';
import { bytes, duration, plain, t, word } from '../texts.mjs';
import { Ago, Badge, Button, Card, Empty, Facts, Loaded, Moment, Page, Said, Trouble } from '../ui.mjs';
import { Parts, Ticket, excerpt } from '../parts.mjs';

const TONES = { done: 'good', delivered: 'good', stored: 'good', sent: 'good', accepted: 'good', read: 'good', ignored: 'quiet', cancelled: 'quiet', new: 'info', ready: 'info', sending: 'info', pending: 'info',
  retry: 'warn', uncertain: 'warn', dead: 'bad', failed: 'bad', refused: 'bad', permanent: 'bad', temporary: 'warn' };

const HELD = { waiting: 'warn', approved: 'good', refused: 'bad', expired: 'quiet' };

const State = ({ group, value }) => el(Badge, { tone: TONES[plain(value)] ?? 'quiet' }, word(group, value));

export default function Story({ id }) {
  const data = useData(id ? `messages/${encodeURIComponent(id)}/explain` : null);
  const again = useCalm(data.reload, 500);
  const conversation = data.data?.conversation?.id;
  useLive('conversation', (event) => { if (event === null || event.id === conversation) again(); });
  if (!id) return el(Page, { title: t('story.title') }, el(Empty, { title: t('story.which') }));
  return el(Page, { title: t('story.title'), back: conversation ? at('conversations', conversation) : at('dead'), note: data.data && t('story.note', { id: data.data.id }) },
    el(Loaded, { from: data, rows: 6 }, (story) => el('div.columns',
      el('ol.story.main-column', el(Received, { event: story.event }), el(Authentic, { event: story.event }), el(Handled, { event: story.event }), el(Placed, { story }),
        el(Decided, { decision: story.decision }), story.handedOver && el(HandedOver, { story }),
        story.media.map((media) => el(Fetched, { key: media.id, media })),
        story.replies.map((reply) => el(Step, { key: reply.id, title: t('story.reply'), at: reply.sentAt }, el('p.text', { dir: 'auto' }, excerpt(reply)), el('p.links', el('a', { href: at('story', reply.id) }, t('message.story'))))),
        story.deliveries.map((delivery) => el(Delivered, { key: delivery.id, delivery })),
        story.receipts.map((receipt, i) => el(Step, { key: i, title: t('story.receipt', { state: word('receipt', receipt.status) }), at: receipt.at, tone: TONES[receipt.status] },
          el('p.muted', { dir: 'auto' }, word('reason', receipt.reason), ' ', el('span', { lang: 'en' }, receipt.detail)))),
        story.held.map((one) => el(Held, { key: one.id, one })),
        story.message?.direction === 'in' && el(Answers, { story })),
      el('div.side-column', el(About, { story })))));
}

function Step({ title, at: when, tone = 'quiet', badge, children }) {
  return el(`li.step.${tone}`, el('div.step-head', el('h2', title), badge, when && el(Moment, { at: when, style: 'clock' })), children);
}

function Received({ event }) {
  const [open, setOpen] = useState(false);
  const { raw } = event;
  return el(Step, { title: t(`story.received.${raw?.origin ?? 'received'}`), at: event.receivedAt, tone: 'info' },
    el('p', { dir: 'auto' }, t('story.received.from', { source: event.source })),
    event.says && el('p.text', el(Said, { of: event.saysPhrase, text: event.says })),
    el(Facts, { of: [[t('story.type'), word('type', event.type)], [t('story.key'), el('code', { dir: 'ltr' }, event.key)], [t('story.request'), raw?.method && el('code', { dir: 'ltr' }, [raw.method, raw.path].join(' '))],
      [t('story.size'), raw?.size != null && bytes(raw.size)], [t('story.duplicates'), event.duplicates > 0 && t('story.duplicates.n', { n: event.duplicates })]] }),
    event.differing > 0 && el('p.bad', t('story.differing', { n: event.differing })),
    raw?.id && can('operator') && el(Button, { class: 'small', 'aria-expanded': String(open), onClick: () => setOpen(!open) }, t(open ? 'story.raw.hide' : 'story.raw')),
    open && el(Raw, { id: raw.id }));
}

function Raw({ id }) {
  const [text, setText] = useState(null);
  const { problem, run } = useAct();
  useEffect(() => { run(async () => setText(await (await send('GET', `raw/${encodeURIComponent(id)}?view=text`)).text())); }, [id]);
  return el('div', el(Trouble, { problem }), text !== null && el('pre', { tabIndex: 0, dir: 'ltr', 'aria-label': t('story.raw') }, text), el('a', { href: rawUrl(id), download: `${id}.bin` }, t('story.raw.save')));
}

const Authentic = ({ event }) => el(Step, { title: t('story.authentic'), tone: 'good' }, el('p.clause', el(Said, { of: event.authenticPhrase, text: event.authentic })));

function Handled({ event }) {
  return el(Step, { title: t('story.handled'), at: event.doneAt, tone: TONES[event.state], badge: el(State, { group: 'event', value: event.state }) },
    event.reason && el('p', { dir: 'auto', lang: 'en' }, event.reason), event.attempts > 1 && el('p.muted', t('story.attempts', { n: event.attempts })));
}

function Placed({ story }) {
  if (!story.conversation) return null;
  return el(Step, { title: t('story.placed'), tone: 'good' }, story.placed && el('p.clause', { dir: 'auto', lang: 'en' }, story.placed),
    el('p.links', el('a', { href: at('conversations', story.conversation.id) }, t('timeline.conversation')), story.contact && el('a', { href: at('contacts', story.contact.id), dir: 'auto' }, story.contact.name || t('about.contact'))),
    el(Facts, { of: [[t('about.desk'), story.conversation.desk && el('a', { href: at('desks', story.conversation.desk) }, story.conversation.desk)], [t('about.reference'), story.ticket && el(Ticket, { ticket: story.ticket })]] }),
    story.merges.map((merge) => el('p.muted', { key: merge.id }, t(merge.undoneAt ? 'timeline.unmerged' : 'timeline.merged'), ' · ', el(Ago, { at: merge.undoneAt ?? merge.at }))));
}

function Decided({ decision }) {
  const [all, setAll] = useState(false);
  if (!decision) return null;
  const rules = decision.rules ?? [];
  const matched = rules.filter((rule) => rule.matched);
  const shown = all ? rules : matched;
  return el(Step, { title: t('story.rules'), tone: matched.length > 0 ? 'good' : 'quiet', badge: el(Badge, t('story.rules.n', { n: matched.length })) },
    matched.length === 0 && el('p', t('story.rules.none')),
    el('ol.rule-list', shown.map((rule, i) => el('li', { key: i }, el('p', el('strong', { dir: 'auto' }, rule.rule), el(Badge, { tone: rule.matched ? 'good' : 'quiet' }, t(rule.matched ? 'rules.matched' : 'rules.not-matched'))),
      el('ul.checks', (rule.checks ?? []).map((check, j) => el(`li${check.passed ? '.passed' : '.failed'}`, { key: j }, el('span.sr', t(check.passed ? 'rules.passed' : 'rules.failed')), el('bdi', check.condition), check.why && el('bdi.muted', { lang: 'en' }, check.why)))),
      rule.matched && (rule.actions ?? []).length > 0 && el('p.does', el('span.muted', t('rules.does')), rule.actions.map((action, j) => el('code', { key: j, dir: 'auto', lang: 'en' }, action)))))),
    rules.length > matched.length && el(Button, { class: 'small', 'aria-expanded': String(all), onClick: () => setAll(!all) }, t(all ? 'story.rules.less' : 'story.rules.all', { n: rules.length - matched.length })));
}

const HandedOver = ({ story }) => el(Step, { title: t('story.handed-over'), at: story.handedOver.at }, el('p', { dir: 'auto' }, t('story.handed-over.how', { bot: story.handedOver.bot, desk: story.handedOver.desk })), el('p.muted', { dir: 'auto' }, story.handedOver.reason));

const called = (author) => author.name || word('author', author.kind);

/** An answer that waits for approval, or what was decided of it. */
const Held = ({ one }) => el(Step, { title: t('story.held', { who: called(one.author) }), at: one.decidedAt ?? one.askedAt, tone: HELD[one.state], badge: el(Badge, { tone: HELD[one.state] }, word('held', one.state)) },
  one.decidedBy && el('p.muted', { dir: 'auto' }, t('story.held.by', { who: one.decidedBy })), one.state === 'waiting' && el('p.muted', t('story.held.until'), el(Moment, { at: one.expiresAt, style: 'full' })));

/** What the customer got after it, by whomever; what a rule replied stands above. */
function Answers({ story }) {
  if (story.answers.length === 0) return el(Step, { title: t('story.answers.none') });
  return story.answers.map((answer) => el(Step, { key: answer.id, title: answer.author.kind === 'rule' ? t('story.reply.of', { rule: answer.author.name }) : t('story.answer', { who: called(answer.author) }), at: answer.sentAt, tone: TONES[answer.status] ?? 'good', badge: answer.status && el(Badge, { tone: TONES[answer.status] ?? 'quiet' }, word('receipt', answer.status)) },
    el('p.links', el('a', { href: at('story', answer.id) }, t('message.story')), el('a', { href: at('conversations', story.conversation.id) }, t('timeline.conversation')))));
}

function Fetched({ media }) {
  return el(Step, { title: t('story.media', { what: word('media', media.kind) }), tone: TONES[media.state], badge: el(State, { group: 'fetched', value: media.state }) },
    el('p', { dir: 'auto' }, [media.fileName, media.mimeType, media.size > 0 && bytes(media.size)].filter(Boolean).join(' · ')), media.reason && el('p.bad', word('reason', media.reason)));
}

function Delivered({ delivery }) {
  return el(Step, { title: t(`story.delivery.${delivery.kind}`, { target: delivery.target }), at: delivery.doneAt ?? delivery.createdAt, tone: TONES[delivery.state], badge: el(State, { group: 'delivery', value: delivery.state }) }, delivery.copy && el('p.muted', t('story.copy')),
    (delivery.reason || delivery.detail) && el('p', { dir: 'auto' }, word('reason', delivery.reason), delivery.reason && delivery.detail && ': ', el('span', { lang: 'en' }, delivery.detail)),
    delivery.nextAt && ['ready', 'retry'].includes(delivery.state) && el('p.strong', t('story.next'), el(Ago, { at: delivery.nextAt, ahead: true })),
    (delivery.attempts ?? []).length > 0 && el('ol.attempts', { 'aria-label': t('story.attempts.list') }, delivery.attempts.map((attempt) => el('li', { key: `${attempt.step}-${attempt.n}` },
      el('span.attempt-n', t('story.attempt', { number: attempt.n })), el(Moment, { at: attempt.startedAt, style: 'clock' }), attempt.outcome ? el(State, { group: 'outcome', value: attempt.outcome }) : el(Badge, { tone: 'info' }, t('story.running')),
      attempt.endedAt && el('span.muted', took(attempt)), attempt.reason && el('span', word('reason', attempt.reason)), attempt.detail && el('bdi.muted', { lang: 'en' }, attempt.detail), attempt.externalId && el('code', { dir: 'ltr' }, attempt.externalId)))),
    ['dead', 'uncertain'].includes(delivery.state) && el('p.links', el('a', { href: at('dead', null, { id: delivery.id }) }, t('story.mend'))));
}

const took = (attempt) => duration((Date.parse(attempt.endedAt) - Date.parse(attempt.startedAt)) / 1000);

function About({ story }) {
  const { message } = story;
  return el(Card, { title: t('story.message') }, message ? [el('p.message-by', { key: 'by' }, el('strong', { dir: 'auto' }, message.author.name || story.contact?.name || word('author', message.author.kind)), el(Moment, { at: message.sentAt })), el(Parts, { key: 'parts', parts: message.parts })] : el('p.muted', t('story.no-message')));
}
