// SPDX-License-Identifier: Apache-2.0
// Whom one knows, and what one contact has been through over all channels.
import { el, useEffect, useRef, useState } from '../dom.mjs';
import { act, can, useAct, useData } from '../api.mjs';
import { at, go } from '../router.mjs';
import { useCalm, useLive } from '../live.mjs';
import { moment, t, word } from '../texts.mjs';
import { Ago, Badge, Button, Card, Empty, Facts, Icon, Loaded, Loading, Moment, Page, Segments, Select, Trouble, say } from '../ui.mjs';
import { usePages } from '../pages.mjs';
import { Rows } from '../rows.mjs';
import { Merge } from '../about.mjs';

export default function Contacts({ id, filter }) {
  return id ? el(Contact, { key: id, id }) : el(List, { filter });
}

const called = (contact) => contact.name || contact.identities?.[0]?.value || contact.id;

function List({ filter }) {
  const pages = usePages('contacts', { q: filter.q, limit: 60 }, 'contacts', 'updatedAt');
  const [text, setText] = useState(filter.q ?? '');
  const timer = useRef(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  const typed = (event) => {
    const next = event.currentTarget.value;
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go(at('contacts', null, { q: next.trim() }), true), 250);
  };
  return el(Page, { title: t('contacts.title') },
    el('search.filters', { 'aria-label': t('contacts.search') }, el('input', { type: 'search', dir: 'auto', value: text, 'aria-label': t('contacts.search'), placeholder: t('contacts.search'), onInput: typed })),
    pages.problem && el(Trouble, { problem: pages.problem, retry: pages.reload }),
    !pages.items && !pages.problem && el(Loading, { rows: 6 }),
    pages.items?.length === 0 && el(Empty, { title: t(filter.q ? 'contacts.none.found' : 'contacts.none') }),
    pages.items?.length > 0 && el('div.card.flush.tall', el(Rows, { label: t('contacts.title'), items: pages.items, size: 60, more: pages.more,
      row: (contact) => [{ class: 'contact-row', href: at('contacts', contact.id) }, el('bdi.row-name', called(contact)),
        el('span.row-foot', (contact.identities ?? []).slice(0, 4).map((identity, i) => el('span', { key: i }, el('span.muted', identity.type), el('bdi', identity.value))))] })));
}

function Contact({ id }) {
  const path = `contacts/${encodeURIComponent(id)}`;
  const data = useData(path);
  const [work, setWork] = useState(false);
  const timeline = usePages(`${path}/timeline`, { limit: 100, work: String(work) }, 'entries', 'at');
  const [merging, setMerging] = useState(false);
  const again = useCalm(() => { data.reload(); timeline.reload(); }, 500);
  const own = new Set((data.data?.conversations ?? []).map((conversation) => conversation.id));
  useLive('conversation', (event) => { if (event === null || own.has(event.id)) again(); });
  if (!data.data) return el(Page, { title: t('about.contact'), back: at('contacts') }, el(Loaded, { from: data, rows: 5 }));
  return el(Loaded, { from: data }, ({ contact, conversations, consents, merges }) =>
    el(Page, { title: called(contact), back: at('contacts'), actions: can('agent') && el(Button, { onClick: () => setMerging(true) }, t('merge.open')) },
      el('div.columns',
        el(Card, { title: t('contact.journey'), class: 'main-column',
          actions: el(Segments, { label: t('contact.journey.show'), value: String(work), onPick: (next) => setWork(next === 'true'), options: [['false', t('contact.journey.talk')], ['true', t('contact.journey.all')]] }) }, el(Timeline, { timeline, conversations })),
        el('div.side-column',
          el(Card, { title: t('contact.identities') }, el('ul.plain.identities', contact.identities.map((identity, i) => el('li', { key: i }, el('span.muted', identity.type), el('bdi', identity.value),
            identity.verified && el(Badge, { tone: 'good' }, t('about.verified'))))),
          el(Facts, { of: [[t('about.language'), contact.language], [t('about.tags'), (contact.tags ?? []).join(', ')], ...Object.entries(contact.attributes ?? {})] })),
          (contact.orders ?? []).length > 0 && el(Card, { title: t('contact.orders') }, el('ul.plain.links', contact.orders.map((order) => el('li', { key: order.id }, el('bdi', order.number), el(Badge, order.status), el(Ago, { at: order.at }))))),
          el(Consents, { path, consents, changed: again }),
          el(Card, { title: t('contact.conversations') }, conversations.length === 0 ? el('p.muted', t('conversations.none')) : el('ul.plain.links', conversations.map((conversation) => el('li', { key: conversation.id },
            el('a', { href: at('conversations', conversation.id), dir: 'auto' }, conversation.subject || conversation.channel), el(Badge, { tone: conversation.status === 'open' ? 'good' : 'quiet' }, word('status', conversation.status)), el(Ago, { at: conversation.updatedAt }))))),
          merges.length > 0 && el(Card, { title: t('contact.merges') }, el('ul.plain.links', merges.map((merge) => el(Merged, { key: merge.id, merge, id, changed: again })))))),
      merging && el(Merge, { contact, onClose: () => setMerging(false), changed: again })));
}

const PURPOSES = ['service', 'survey', 'marketing', 'analytics'];

/** What they consented to and withdrew, and that they do now. */
function Consents({ path, consents, changed }) {
  const { busy, problem, run } = useAct();
  const [purpose, setPurpose] = useState('survey');
  const note = (given) => run(async () => {
    await act('POST', `${path}/consent`, { purpose, given });
    say(t('consent.noted'));
    changed();
  });
  return el(Card, { title: t('consent.title') }, consents.length === 0 ? el('p.muted', t('consent.none')) : el('ul.plain.links', consents.map((one) => el('li', { key: `${one.channel}/${one.purpose}` },
    el('strong', word('purpose', one.purpose)), el('bdi.muted', one.channel), el(Badge, { tone: one.given ? 'good' : 'bad' }, t(one.given ? 'consent.given' : 'consent.withdrawn')), el('span.muted', { dir: 'auto' }, one.reason), el(Ago, { at: one.at })))),
  el(Trouble, { problem }), can('agent') && el('div.actions', el(Select, { 'aria-label': t('consent.purpose'), value: purpose, onPick: setPurpose, options: PURPOSES.map((name) => [name, word('purpose', name)]) }),
    el(Button, { class: 'small', busy, onClick: () => note(true) }, t('consent.give')), el(Button, { class: 'small', busy, onClick: () => note(false) }, t('consent.withdraw'))));
}

function Merged({ merge, id, changed }) {
  const { busy, problem, run } = useAct();
  const undo = () => run(async () => {
    await act('POST', `contacts/${encodeURIComponent(merge.merged)}/unmerge`, {});
    say(t('merge.undone'));
    changed();
  });
  const other = merge.merged === id ? merge.survivor : merge.merged;
  return el('li', el('a', { href: at('contacts', other) }, t('contact.merged.with')), el('span.muted', { dir: 'auto', lang: 'en' }, merge.why), el(Ago, { at: merge.at }), el(Trouble, { problem }),
    merge.undoneAt ? el(Badge, t('merge.undone')) : can('agent') && el(Button, { class: 'small', busy, onClick: undo }, t('merge.undo')));
}

const KINDS = { survey: 'reports', poll: 'reports', approval: 'note', answer: 'help', consent: 'contacts', message: 'conversations', note: 'note', conversation: 'overview', merge: 'contacts', order: 'file', delivery: 'channels', event: 'file' };

const TONES = { delivered: 'good', done: 'good', ready: 'info', sending: 'info', new: 'info', retry: 'warn', uncertain: 'warn', dead: 'bad' };

function titled(entry) {
  if (entry.kind === 'delivery') return t(`story.delivery.${entry.what}`, { target: entry.target });
  if (entry.kind === 'event') return t('timeline.event.from', { what: word('type', entry.what), source: entry.target });
  if (['survey', 'poll', 'approval', 'answer'].includes(entry.kind)) return t(`timeline.${entry.kind}.${entry.what}`, { name: entry.name, score: entry.score });
  if (entry.kind === 'consent') return t(`timeline.consent.${entry.what}`, { purpose: word('purpose', entry.name) });
  if (entry.kind === 'conversation' || entry.kind === 'merge') return t(`timeline.${entry.what}`);
  if (entry.kind === 'order') return t('timeline.order', { what: entry.what });
  return t(`timeline.${entry.kind}${entry.direction ? `.${entry.direction}` : ''}`);
}

/** What happened with this person, the latest first, over all channels. */
function Timeline({ timeline }) {
  const { items, problem, more, reload } = timeline;
  if (!items) return problem ? el(Trouble, { problem, retry: reload }) : el(Loading, { rows: 6 });
  if (items.length === 0) return el('p.muted', t('contact.journey.none'));
  let before = '';
  return el('div', el(Trouble, { problem }), el('ol.timeline', items.map((entry, i) => {
    const day = moment(entry.at, 'day');
    const begins = day !== before;
    before = day;
    return [begins && el('li.timeline-day', { key: `d${i}` }, day), el('li', { key: i }, el(`span.mark.${entry.direction ?? 'event'}`, el(Icon, { name: KINDS[entry.kind] ?? 'file' })),
      el('div', el('p.timeline-head', el('strong', titled(entry)), entry.channel && el('bdi.muted', entry.channel),
        ['delivery', 'event'].includes(entry.kind) && el(Badge, { tone: TONES[entry.state] ?? 'quiet' }, word(entry.kind, entry.state)), entry.reason && el('span.bad', word('reason', entry.reason)), el(Moment, { at: entry.at, style: 'time' })),
        entry.text && el('p.text', { dir: 'auto' }, entry.text),
        el('p.links', entry.conversation && el('a', { href: at('conversations', entry.conversation) }, t('timeline.conversation')), entry.message && el('a', { href: at('story', entry.message) }, t('message.story')))))];
  })), more && el('p.center', el(Button, { onClick: more }, t('more'))));
}
