// SPDX-License-Identifier: Apache-2.0
import { el, useState } from '../dom.mjs';
import { can } from '../api.mjs';
import { keep, language, languages, read, t } from '../texts.mjs';
import { Card, Field, Page, Select } from '../ui.mjs';

const KEYS = [['g o', 'menu.overview'], ['g c', 'menu.conversations'], ['g k', 'menu.contacts'], ['g h', 'menu.channels'], ['g d', 'menu.desks'], ['g x', 'menu.dead'], ['g r', 'menu.rules'], ['g p', 'menu.reports'], ['g a', 'menu.audit', 'operator'],
  ['/', 'help.search'], ['↓ ↑', 'help.rows'], ['⏎', 'help.open'], ['Ctrl ⏎', 'help.send'], ['Esc', 'help.escape'], ['?', 'menu.help']];

export default function Help() {
  const [on, setOn] = useState(read('keys') !== 'off');
  const toggle = (event) => { keep('keys', event.currentTarget.checked ? 'on' : 'off'); setOn(event.currentTarget.checked); };
  const speak = (next) => { keep('lang', next); location.search = ''; location.reload(); };
  return el(Page, { title: t('help.title') },
    el('div.columns', el(Card, { title: t('help.keys'), class: 'main-column' },
      el('label.check', el('input', { type: 'checkbox', checked: on, onChange: toggle }), t('help.keys.on')),
      el('dl.keys', KEYS.filter(([, , role]) => !role || can(role)).map(([key, text]) => el('div', { key }, el('dt', key.split(' ').map((one) => el('kbd', { key: one }, one))), el('dd', t(text)))))),
    el('div.side-column', el(Card, { title: t('help.language') }, el(Field, { label: t('help.language') }, el(Select, { value: language, onPick: speak, options: languages.map((one) => [one, t(`language.${one}`)]) }))),
      el(Card, { title: t('help.more') }, el('p', t('help.more.text')), el('p', t('help.api'), el('a', { href: '../api/v1/openapi.json' }, t('help.api.link')))))));
}
