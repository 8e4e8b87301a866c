// SPDX-License-Identifier: Apache-2.0
// Beside a thread: whom it is with, who has it, its tags, and what can be done with it.
import { el, useEffect, useRef, useState } from './dom.mjs';
import { act, can, get, useAct } from './api.mjs';
import { at } from './router.mjs';
import { t, word } from './texts.mjs';
import { Ticket } from './parts.mjs';
import { Ago, Badge, Button, Dialog, Facts, Field, Loading, Moment, Trouble, say } from './ui.mjs';

export function About({ conversation, contact, ticket, changed }) {
  const path = `conversations/${encodeURIComponent(conversation.id)}`;
  const { busy, problem, run } = useAct();
  const [merging, setMerging] = useState(false);
  const may = can('agent');
  const does = (name, body, said) => run(async () => { await act('POST', `${path}/${name}`, body); say(said); changed(); });
  return el('aside.about', { 'aria-label': t('conversation.about') },
    el(Trouble, { problem }),
    may && el('div.actions', conversation.status === 'open'
      ? el(Button, { busy, onClick: () => does('close', {}, t('conversation.closed')) }, t('conversation.close'))
      : el(Button, { busy, onClick: () => does('reopen', {}, t('conversation.reopened')) }, t('conversation.reopen'))),
    contact && el('section', el('h2', t('about.contact')),
      el('p', el('a.strong', { href: at('contacts', contact.id), dir: 'auto' }, contact.name || conversation.address)),
      el('ul.plain.identities', contact.identities.map((identity, i) => el('li', { key: i }, el('span.muted', identity.type), el('bdi', identity.value), identity.verified && el(Badge, { tone: 'good' }, t('about.verified'))))),
      may && el(Button, { class: 'small', onClick: () => setMerging(true) }, t('merge.open'))),
    el('section', el('h2', t('about.who')), el(Assign, { key: `${conversation.team}/${conversation.assignee}`, conversation, may, busy, does })),
    el('section', el('h2', t('about.tags')), el(Tags, { conversation, may, busy, does })),
    el('section', el('h2', t('about.facts')), el(Facts, { of: [
      [t('about.channel'), el('a', { href: at('channels', conversation.channel) }, conversation.channel)],
      [t('about.address'), conversation.address], [t('about.subject'), conversation.subject],
      [t('about.desk'), conversation.desk && el('a', { href: at('desks', conversation.desk) }, conversation.desk)], [t('about.reference'), ticket && el(Ticket, { ticket })],
      [t('about.priority'), word('priority', conversation.priority)], [t('about.language'), conversation.language],
      [t('about.created'), el(Ago, { at: conversation.createdAt })], [t('about.reply-until'), conversation.replyUntil && el(Moment, { at: conversation.replyUntil, style: 'full' })],
      [t('about.previous'), conversation.previous && el('a', { href: at('conversations', conversation.previous) }, t('about.previous.open'))],
      ...Object.entries(conversation.attributes ?? {}).map(([name, value]) => [name, String(value)])] })),
    merging && el(Merge, { contact, onClose: () => setMerging(false), changed }));
}

function Assign({ conversation, may, busy, does }) {
  const [team, setTeam] = useState(conversation.team ?? '');
  const [assignee, setAssignee] = useState(conversation.assignee ?? '');
  if (!may) return el(Facts, { of: [[t('about.team'), conversation.team || t('about.nobody')], [t('about.assignee'), conversation.assignee || t('about.nobody')]] });
  const same = team === (conversation.team ?? '') && assignee === (conversation.assignee ?? '');
  const submit = (event) => {
    event.preventDefault();
    const asked = Object.entries({ team: team.trim(), assignee: assignee.trim() }).filter(([name, value]) => value !== (conversation[name] ?? ''));
    if (asked.length > 0 && !busy) does('assign', Object.fromEntries(asked), t('about.assigned'));
  };
  return el('form.assign', { onSubmit: submit },
    el(Field, { label: t('about.team') }, el('input', { value: team, dir: 'auto', onInput: (event) => setTeam(event.currentTarget.value) })),
    el(Field, { label: t('about.assignee') }, el('input', { value: assignee, dir: 'auto', onInput: (event) => setAssignee(event.currentTarget.value) })),
    !same && el(Button, { type: 'submit', busy }, t('about.assign')));
}

function Tags({ conversation, may, busy, does }) {
  const [text, setText] = useState('');
  const tags = conversation.tags ?? [];
  const add = (event) => {
    event.preventDefault();
    const tag = text.trim();
    if (!tag || busy) return;
    does('tags', { add: [tag], remove: [] }, t('about.tagged'));
    setText('');
  };
  return el('div', tags.length === 0 && el('p.muted', t('about.tags.none')),
    el('ul.tags', tags.map((tag) => el('li.tag', { key: tag }, el('bdi', tag),
      may && el('button', { type: 'button', 'aria-label': t('about.tag.remove', { tag }), onClick: () => does('tags', { add: [], remove: [tag] }, t('about.tagged')) }, el('span', { 'aria-hidden': 'true' }, '×'))))),
    may && el('form.inline-form', { onSubmit: add }, el('input', { value: text, dir: 'auto', 'aria-label': t('about.tag.new'), placeholder: t('about.tag.new'), onInput: (event) => setText(event.currentTarget.value) }),
      el(Button, { type: 'submit', busy }, t('about.tag.add'))));
}

/** Finds the other contact who is the same person. */
export function Merge({ contact, onClose, changed }) {
  const [text, setText] = useState('');
  const [found, setFound] = useState(null);
  const [chosen, setChosen] = useState(null);
  const { busy, problem, run } = useAct();
  const asked = useRef(0);
  useEffect(() => {
    const mine = ++asked.current;
    const timer = setTimeout(() => get('contacts', { q: text.trim(), limit: 8 })
      .then((data) => { if (asked.current === mine) setFound(data.contacts.filter((other) => other.id !== contact.id)); })
      .catch(() => { if (asked.current === mine) setFound([]); }), 200);
    return () => clearTimeout(timer);
  }, [text]);
  const merge = async () => {
    const done = await run(() => act('POST', `contacts/${encodeURIComponent(contact.id)}/merge`, { contact: chosen.id }));
    if (!done) return;
    say(t('merge.done'));
    changed();
    onClose();
  };
  const name = (other) => other.name || other.identities?.[0]?.value || other.id;
  return el(Dialog, { title: t('merge.title'), onClose },
    el('p', t('merge.about', { who: name(contact) })), el(Trouble, { problem }),
    el(Field, { label: t('merge.search') }, el('input', { type: 'search', dir: 'auto', value: text, onInput: (event) => { setText(event.currentTarget.value); setChosen(null); } })),
    found === null ? el(Loading, { rows: 2 }) : found.length === 0 ? el('p.muted', t('merge.none'))
      : el('fieldset.picks', el('legend.sr', t('merge.search')), found.map((other) => el('label', { key: other.id },
        el('input', { type: 'radio', name: 'merge', checked: chosen?.id === other.id, onChange: () => setChosen(other) }),
        el('span', el('bdi', name(other)), el('span.muted', (other.identities ?? []).map((identity) => identity.value).join(', ')))))),
    el('footer.actions', el(Button, { onClick: onClose }, t('cancel')), el(Button, { kind: 'main', busy, disabled: !chosen, onClick: chosen ? merge : undefined }, t('merge.do'))));
}
