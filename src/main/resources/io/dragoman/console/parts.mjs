// SPDX-License-Identifier: Apache-2.0
// A message's parts as people see them. Whatever a part holds is put in as text; links only lead to http, https, mailto and tel.
import { el, useState } from './dom.mjs';
import { mediaUrl } from './api.mjs';
import { bytes, list, t, word } from './texts.mjs';
import { Badge, Button, Icon } from './ui.mjs';

const LINK = /\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

export const safe = (url) => (/^(https?|mailto|tel):/i.test(url ?? '') ? url : null);

const Outside = ({ href, children }) => el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, children);

/** What a conversation is at its desk, as a link to the page there where one is known. */
export const Ticket = ({ ticket }) => (safe(ticket.page) ? el(Outside, { href: ticket.page }, ticket.reference) : el('bdi', ticket.reference));

/** Text with its addresses as links. */
export function Text({ text }) {
  const pieces = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    pieces.push(text.slice(end, found.index), el(Outside, { href: found[0] }, found[0]));
    end = found.index + found[0].length;
  }
  return el('p.text', { dir: 'auto' }, ...pieces, text.slice(end));
}

function Written({ part }) {
  const [whole, setWhole] = useState(false);
  const more = part.full && part.full !== part.text;
  return el('div', el(Text, { text: (whole && part.full) || part.text || '' }),
    more && el(Button, { class: 'small', 'aria-expanded': String(whole), onClick: () => setWhole(!whole) }, t(whole ? 'part.quoted.hide' : 'part.quoted')));
}

function Media({ part }) {
  const [failed, setFailed] = useState(false);
  const src = part.id ? mediaUrl(part.id) : null;
  const name = part.fileName || part.mimeType || word('media', part.media);
  const about = [word('media', part.media), part.size > 0 && bytes(part.size)].filter(Boolean);
  if (!src || failed) return el('div.attachment', el(Icon, { name: 'file' }), el('div', el('p', { dir: 'auto' }, name), el('p.muted', src ? t('part.media.failed') : list(about))));
  const broken = { onError: () => setFailed(true) };
  if (part.media === 'image' || part.media === 'sticker') {
    return el('a.picture', { href: src, target: '_blank', rel: 'noopener', title: name },
      el(`img${part.media === 'sticker' ? '.sticker' : ''}`, { src, alt: part.fileName || word('media', part.media), loading: 'lazy', ...broken }));
  }
  if (part.media === 'audio') return el('figure.sound', el('audio', { controls: true, preload: 'none', src, 'aria-label': name, ...broken }), el('figcaption.muted', { dir: 'auto' }, name));
  if (part.media === 'video') return el('figure.picture', el('video', { controls: true, preload: 'metadata', src, 'aria-label': name, ...broken }));
  return el('a.attachment', { href: src, download: part.fileName || '' }, el(Icon, { name: 'file' }), el('div', el('p', { dir: 'auto' }, name), el('p.muted', list(about))));
}

function Place({ part }) {
  const point = t('part.point', { latitude: Number(part.latitude).toFixed(5), longitude: Number(part.longitude).toFixed(5) });
  return el('div.attachment', el(Icon, { name: 'place' }), el('div', el('p', { dir: 'auto' }, part.name || part.address || t('part.place')),
    part.name && part.address && el('p', { dir: 'auto' }, part.address), el('p.muted', { dir: 'ltr' }, point),
    safe(part.url) && el('p', el(Outside, { href: safe(part.url) }, t('part.map')))));
}

function Person({ part }) {
  const phones = (part.phones ?? []).map((phone) => el('p.reach', { key: phone }, el('a', { href: `tel:${phone.replace(/[^+\d]/g, '')}`, dir: 'ltr' }, phone)));
  const mails = (part.emails ?? []).map((mail) => el('p.reach', { key: mail }, el('a', { href: `mailto:${encodeURIComponent(mail).replace('%40', '@')}` }, mail)));
  return el('div.attachment', el(Icon, { name: 'person' }), el('div', el('p', { dir: 'auto' }, part.name || t('part.person')), phones, mails));
}

function Choices({ part }) {
  return el('div', part.text && el(Text, { text: part.text }), el('ul.choices', { 'aria-label': t('part.choices') },
    (part.choices ?? []).map((choice) => el('li', { key: choice.id, dir: 'auto' }, choice.title, choice.description && el('span.muted', choice.description)))));
}

function CardPart({ part }) {
  return el('div.card-part', part.image && el(Media, { part: { ...part.image, media: part.image.media ?? 'image' } }), part.title && el('p.strong', { dir: 'auto' }, part.title),
    part.text && el(Text, { text: part.text }),
    part.buttons?.length > 0 && el('ul.choices', { 'aria-label': t('part.buttons') }, part.buttons.map((button, i) => el('li', { key: i, dir: 'auto' },
      safe(button.url) ? el(Outside, { href: safe(button.url) }, button.title) : button.title))));
}

function Structured({ part }) {
  const [open, setOpen] = useState(false);
  const raw = part.raw ?? (part.data === undefined ? null : JSON.stringify(part.data, null, 2));
  return el('div', el('p', el(Badge, t(part.type === 'unsupported' ? 'part.unsupported' : 'part.structured')), el('span', { dir: 'auto' }, part.what)),
    raw && el(Button, { class: 'small', 'aria-expanded': String(open), onClick: () => setOpen(!open) }, t(open ? 'part.raw.hide' : 'part.raw')),
    open && el('pre', { tabIndex: 0, dir: 'ltr' }, raw));
}

const VIEWS = {
  text: Written,
  media: Media,
  location: Place,
  contact: Person,
  choices: Choices,
  choice: ({ part }) => el('p.text', { dir: 'auto' }, el(Icon, { name: 'check' }), part.title || part.id, part.description && el('span.muted', part.description)),
  'location-request': ({ part }) => el('div', part.text && el(Text, { text: part.text }), el('p.muted', t('part.location-request'))),
  template: ({ part }) => el('div', el('p', el(Badge, t('part.template')), el('span', { dir: 'auto' }, part.name)), part.parameters?.length > 0 && el('ul.plain', part.parameters.map((value, i) => el('li', { key: i, dir: 'auto' }, value)))),
  card: CardPart,
  carousel: ({ part }) => el('div', part.text && el(Text, { text: part.text }), el('div.carousel', { tabIndex: 0, role: 'group', 'aria-label': t('part.carousel') }, (part.cards ?? []).map((card, i) => el(CardPart, { key: i, part: card })))),
};

export const Parts = ({ parts }) => el('div.parts', (parts ?? []).map((part, i) => el(VIEWS[part.type] ?? Structured, { key: i, part })));

/** One line that says what a message holds. */
export function excerpt(message) {
  const said = (message.parts ?? []).map((part) => part.text || part.title || part.name || part.fileName || word('media', part.media) || part.what || '').filter(Boolean).join(' · ');
  return said.length > 120 ? `${said.slice(0, 119)}…` : said;
}
