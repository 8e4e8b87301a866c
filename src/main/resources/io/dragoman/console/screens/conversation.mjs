// SPDX-License-Identifier: Apache-2.0
// One thread: what was said, what one can answer, and about whom it is.
import { Fragment, el, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from '../dom.mjs';
import { can, get, useData } from '../api.mjs';
import { at } from '../router.mjs';
import { useCalm, useLive } from '../live.mjs';
import { moment, t, word } from '../texts.mjs';
import { Badge, Button, Icon, Loading, Moment, Trouble, say } from '../ui.mjs';
import { Parts, Ticket, excerpt } from '../parts.mjs';
import { Composer } from '../composer.mjs';
import { About } from '../about.mjs';

const SHOWN = 150;
const OVERLAP = 40;
const MOST = 500;

/** All messages in order; what may have changed lately is looked at again. */
function useMessages(id) {
  const [state, setState] = useState({ messages: null, problem: null });
  const last = useRef(0);
  const load = useCallback(async () => {
    try {
      let after = Math.max(0, last.current - OVERLAP);
      const found = new Map();
      for (;;) {
        const page = await get(`conversations/${encodeURIComponent(id)}/messages`, { after, limit: MOST });
        page.messages.forEach((message) => found.set(message.id, message));
        last.current = Math.max(last.current, page.messages.at(-1)?.sequence ?? 0);
        if (!page.next || page.messages.length === 0) break;
        after = page.next;
      }
      setState((old) => ({ problem: null, messages: [...(old.messages ?? []).filter((message) => !found.has(message.id)), ...found.values()]
        .sort((a, b) => a.sequence - b.sequence) }));
    } catch (problem) {
      setState((old) => ({ ...old, problem }));
    }
  }, [id]);
  useEffect(() => { load(); }, [load]);
  return { ...state, load };
}

export default function Conversation({ id, back }) {
  const shown = useData(`conversations/${encodeURIComponent(id)}`);
  const thread = useMessages(id);
  const [aside, setAside] = useState(false);
  const heading = useRef(null);
  useEffect(() => { // on a narrow screen the list that had the focus is gone
    if (heading.current && (document.activeElement === document.body || document.activeElement?.offsetParent === null)) heading.current.focus();
  }, [Boolean(shown.data)]);
  const again = useCalm(() => { shown.reload(); thread.load(); }, 200);
  useLive('conversation', (event) => { if (event === null || event.id === id) again(); });
  useLive('health', (event) => { if (event === null) again(); }); // the line was cut: somebody may have been erased meanwhile
  if (!shown.data || shown.problem?.status === 404) return el('div.thread', shown.problem ? el(Trouble, { problem: shown.problem, retry: shown.reload }) : el(Loading, { rows: 6 }));
  const { conversation, contact, ticket } = shown.data;
  const who = contact?.name || conversation.address;
  return el(`div.thread${aside ? '.with-aside' : ''}`,
    el('header.thread-head', el('a.icon-button.only-narrow', { href: back, 'aria-label': t('back'), title: t('back') }, el(Icon, { name: 'back' })),
      el('div.thread-who', el('h1', { dir: 'auto', tabIndex: -1, ref: heading }, who), el('p.muted', { dir: 'auto' }, conversation.subject || conversation.channel, ticket && el('span.ticket', t('about.reference'), el(Ticket, { ticket })))),
      el(Badge, { tone: conversation.status === 'open' ? 'good' : 'quiet' }, word('status', conversation.status)),
      el(Button, { class: 'aside-toggle', 'aria-expanded': String(aside), onClick: () => setAside(!aside) }, t('conversation.details'))),
    el('div.thread-body',
      el(Thread, { thread, who, contact }),
      can('agent') ? el(Composer, { conversation, sent: again }) : el('p.notice', t('conversation.read-only'))),
    el(About, { conversation, contact, ticket, changed: again }));
}

function Thread({ thread, who }) {
  const { messages, problem, load } = thread;
  const [most, setMost] = useState(SHOWN);
  const box = useRef(null);
  const bottom = useRef(true);
  const known = useRef(null);
  useLayoutEffect(() => {
    if (box.current && bottom.current) box.current.scrollTop = box.current.scrollHeight;
    const newest = messages?.at(-1);
    if (known.current && newest && newest.id !== known.current && newest.direction === 'in') say(t('conversation.new', { who, text: excerpt(newest) }));
    if (newest) known.current = newest.id;
  }, [messages]);
  const byId = useMemo(() => new Map((messages ?? []).map((message) => [message.id, message])), [messages]);
  if (!messages) return problem ? el(Trouble, { problem, retry: load }) : el(Loading, { rows: 5 });
  const visible = messages.slice(-most);
  const scrolled = () => { bottom.current = box.current.scrollHeight - box.current.scrollTop - box.current.clientHeight < 60; };
  return el('div.messages', { ref: box, onScroll: scrolled, tabIndex: 0, role: 'region', 'aria-label': t('conversation.messages') },
    el(Trouble, { problem, retry: load }),
    visible.length < messages.length && el('p.center', el(Button, { onClick: () => setMost(most + SHOWN) }, t('conversation.earlier'))),
    visible.length === 0 && el('p.muted.center', t('conversation.empty')),
    el('ol.plain', visible.map((message, i) => el(Fragment, { key: message.id },
      (i === 0 || new Date(visible[i - 1].sentAt).toDateString() !== new Date(message.sentAt).toDateString())
        && el('li.day', el('span', moment(message.sentAt, 'day'))),
      el(Message, { message, who, answered: message.replyTo ? byId.get(message.replyTo) : null })))));
}

const SIDES = { in: 'in', out: 'out', note: 'note' };

function author(message, who) {
  const { author: by } = message;
  if (by.kind === 'contact') return by.name || by.address || who;
  return by.name || word('author', by.kind);
}

function Message({ message, who, answered }) {
  const by = author(message, who);
  const deleted = Boolean(message.deletedAt);
  return el(`li.message.${SIDES[message.direction] ?? 'out'}`, { id: `m-${message.id}` },
    el('article', { 'aria-label': t('message.by', { who: by, at: moment(message.sentAt) }) },
      el('p.message-by', el('bdi', by), message.author.kind !== 'contact' && message.author.name && el('span.muted', word('author', message.author.kind)),
        message.direction === 'note' && el(Badge, { tone: 'warn' }, t('message.note')),
        message.forwarded !== undefined && el(Badge, message.forwarded ? t('message.forwarded.by', { who: message.forwarded }) : t('message.forwarded'))),
      answered && el('blockquote', { dir: 'auto' }, excerpt(answered)),
      el(Recipients, { message }),
      deleted && el('p.muted', el(Badge, t('message.deleted')), el(Moment, { at: message.deletedAt })),
      !(deleted && message.direction === 'in' && message.parts.length === 0) && el('div', { class: deleted ? 'gone' : undefined }, el(Parts, { parts: message.parts })),
      message.reactions?.length > 0 && el('ul.reactions', { 'aria-label': t('message.reactions') }, message.reactions.map((reaction, i) =>
        el('li', { key: i, dir: 'auto' }, reaction.emoji))),
      el('footer.message-foot', el(Moment, { at: message.sentAt, style: 'time' }), message.editedAt && el('span', { title: moment(message.editedAt, 'full') }, t('message.edited')),
        message.status && el('span', { class: message.status === 'failed' ? 'bad' : undefined }, word('receipt', message.status)),
        message.reason && el('span.bad', word('reason', message.reason)),
        el('a', { href: at('story', message.id), 'aria-label': t('message.story.of', { who: by, at: moment(message.sentAt) }) }, t('message.story')))));
}

function Recipients({ message }) {
  const named = (people) => people.map((person) => person.name || person.address).join(', ');
  return ['from', 'to', 'cc'].filter((role) => message[role]?.length > 0).map((role) => el('p.muted', { key: role }, t(`message.${role}`), el('bdi', named(message[role]))));
}
