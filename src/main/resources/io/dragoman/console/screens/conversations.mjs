// SPDX-License-Identifier: Apache-2.0
// The inbox: the list with its filters, and the thread that was chosen beside it.
import { el, useCallback, useEffect, useRef, useState } from '../dom.mjs';
import { get } from '../api.mjs';
import { at, go } from '../router.mjs';
import { useCalm, useLive } from '../live.mjs';
import { moment, t, word } from '../texts.mjs';
import { Badge, Button, Empty, Field, Loading, Page, Segments, Select, Trouble } from '../ui.mjs';
import { usePages } from '../pages.mjs';
import { Rows } from '../rows.mjs';
import Conversation from './conversation.mjs';

const ROW = 76;
const MORE = ['channel', 'team', 'assignee', 'tag', 'since', 'until'];

export default function Conversations({ id, filter }) {
  const status = filter.status ?? 'open';
  const waiting = status === 'waiting';
  const asked = { ...filter, status: waiting ? 'open' : status === 'all' ? undefined : status, waiting: waiting ? 'true' : undefined, q: waiting ? undefined : filter.q, until: day(filter.until, true), since: day(filter.since, false), limit: 60 };
  const pages = usePages('conversations', asked, 'conversations', 'updatedAt');
  const changed = useRef(new Set());
  const look = useCalm(() => { const ids = changed.current; changed.current = new Set(); pages.refresh(ids); }, 400);
  useLive('conversation', (event) => {
    if (event === null) { pages.reload(); return; }
    changed.current.add(event.id);
    look();
  });
  const change = useCallback((next) => go(at('conversations', id, { ...filter, ...next }), true), [id, JSON.stringify(filter)]);

  return el(`div.inbox${id ? '.with-thread' : ''}`,
    el('div.inbox-list', el(Page, { title: t('conversations.title'), level: id ? 'h2' : 'h1' },
      el(Filters, { filter, status, change }),
      pages.extra.search?.complete === false && el('p.notice', { role: 'status' }, t('conversations.indexing')),
      pages.problem && el(Trouble, { problem: pages.problem, retry: pages.reload }),
      !pages.items && !pages.problem && el(Loading, { rows: 8 }),
      pages.items?.length === 0 && el(Empty, { title: t(Object.keys(filter).length ? 'conversations.none.filtered' : 'conversations.none') },
        Object.keys(filter).length > 0 && el(Button, { onClick: () => go(at('conversations', id), true) }, t('filters.clear'))),
      pages.items?.length > 0 && el(Rows, { label: t('conversations.list'), items: pages.items, size: ROW, more: pages.more, current: id,
        row: (conversation) => line(conversation, filter) }))),
    el('div.inbox-thread', id ? el(Conversation, { key: id, id, back: at('conversations', null, filter) }) : el(Empty, { title: t('conversations.choose') })));
}

/** A day of a filter as the moment where it begins or ends here. */
function day(text, end) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text ?? '')) return undefined;
  const date = new Date(`${text}T00:00:00`);
  if (end) date.setDate(date.getDate() + 1);
  return date.toISOString();
}

function line(conversation, filter) {
  const { last } = conversation;
  const who = conversation.contactName || conversation.address;
  const by = last && (last.direction === 'in' ? '' : t(last.direction === 'note' ? 'conversations.last.note' : 'conversations.last.out'));
  return [{ class: 'conversation-row', href: at('conversations', conversation.id, filter) },
    el('span.row-top', el('bdi.row-name', who), el('time', { dateTime: conversation.updatedAt }, moment(last?.at ?? conversation.updatedAt))),
    el('span.row-text', by && el('span.by', by), el('bdi', last?.text || conversation.subject || t('conversations.no-text'))),
    el('span.row-foot', el('bdi', conversation.channel), conversation.team && el('bdi', conversation.team),
      conversation.waitingSince && el(Badge, { tone: 'warn' }, t('conversations.waits')),
      conversation.priority !== 'normal' && el(Badge, { tone: conversation.priority === 'low' ? 'quiet' : 'bad' }, word('priority', conversation.priority)),
      conversation.status === 'closed' && el(Badge, word('status', 'closed')),
      (conversation.tags ?? []).slice(0, 2).map((tag) => el('span.tag', { key: tag, dir: 'auto' }, tag)))];
}

function Filters({ filter, status, change }) {
  const [text, setText] = useState(filter.q ?? '');
  const used = MORE.filter((name) => filter[name]).length;
  const [open, setOpen] = useState(used > 0);
  const [channels, setChannels] = useState([]);
  const timer = useRef(null);
  useEffect(() => { setText(filter.q ?? ''); }, [filter.q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (open && channels.length === 0) get('channels').then((data) => setChannels(data.channels ?? data)).catch(() => {});
  }, [open]);
  const typed = (event) => {
    const next = event.currentTarget.value;
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => change({ q: next.trim(), ...(status === 'waiting' && next.trim() ? { status: '' } : {}) }), 250);
  };
  const part = (name) => ({ value: filter[name] ?? '', onChange: (event) => change({ [name]: event.currentTarget.value.trim() }) });
  return el('search.filters', { 'aria-label': t('conversations.search') },
    el('input', { type: 'search', value: text, 'aria-label': t('conversations.search'), placeholder: t('conversations.search.hint'), dir: 'auto', onInput: typed }),
    el('div.filter-line',
      el(Segments, { label: t('filters.status'), value: status, onPick: (next) => change({ status: next === 'open' ? '' : next, ...(next === 'waiting' ? { q: '' } : {}) }),
        options: [['open', word('status', 'open')], ['waiting', t('filters.waiting')], ['closed', word('status', 'closed')], ['all', t('filters.all')]] }),
      el(Button, { 'aria-expanded': String(open), onClick: () => setOpen(!open) }, used ? t('filters.used', { count: used }) : t('filters.more'))),
    open && el('div.filter-more',
      el(Field, { label: t('filters.channel') }, el(Select, { value: filter.channel ?? '', onPick: (next) => change({ channel: next }),
        options: [['', t('filters.any')], ...choices(channels, filter.channel)] })),
      el(Field, { label: t('filters.team') }, el('input', part('team'))),
      el(Field, { label: t('filters.assignee') }, el('input', part('assignee'))),
      el(Field, { label: t('filters.tag') }, el('input', part('tag'))),
      el(Field, { label: t('filters.since') }, el('input', { type: 'date', ...part('since') })),
      el(Field, { label: t('filters.until') }, el('input', { type: 'date', ...part('until') }))));
}

function choices(channels, chosen) {
  const ids = channels.map((channel) => channel.id);
  return (chosen && !ids.includes(chosen) ? [chosen, ...ids] : ids).map((id) => [id, id]);
}
