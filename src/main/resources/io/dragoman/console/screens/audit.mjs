// SPDX-License-Identifier: Apache-2.0
// Who did what, when and from where.
import { el } from '../dom.mjs';
import { can } from '../api.mjs';
import { at, go } from '../router.mjs';
import { t, word } from '../texts.mjs';
import { Button, Empty, Field, Loading, Moment, Page, Table, Trouble } from '../ui.mjs';
import { usePages } from '../pages.mjs';

export default function Audit({ filter }) {
  if (!can('operator')) return el(Page, { title: t('audit.title') }, el(Empty, { title: t('form.not-yours') }));
  return el(Entries, { filter });
}

function Entries({ filter }) {
  const pages = usePages('audit', { actor: filter.actor, action: filter.action, limit: 100 }, 'entries', 'at');
  const change = (name) => (event) => go(at('audit', null, { ...filter, [name]: event.currentTarget.value.trim() }), true);
  return el(Page, { title: t('audit.title'), note: t('audit.note'), actions: el(Button, { onClick: pages.reload }, t('reload')) },
    el('search.filters.line', { 'aria-label': t('audit.filter') },
      el(Field, { label: t('audit.actor') }, el('input', { type: 'search', value: filter.actor ?? '', dir: 'auto', onChange: change('actor') })),
      el(Field, { label: t('audit.action') }, el('input', { value: filter.action ?? '', dir: 'auto', onChange: change('action') }))),
    pages.problem && el(Trouble, { problem: pages.problem, retry: pages.reload }), !pages.items && !pages.problem && el(Loading, { rows: 6 }),
    pages.items?.length === 0 && el(Empty, { title: t('audit.none') }),
    pages.items?.length > 0 && el('div.card.flush.audit', el(Table, { caption: t('audit.title'), heads: [t('audit.at'), t('audit.actor'), t('audit.action'), t('audit.target'), t('audit.detail'), t('audit.from')] },
      pages.items.map((entry) => el('tr', { key: entry.id }, el('td', el(Moment, { at: entry.at, style: 'full' })), el('td.free', el('bdi', entry.actor), el('span.muted.block', word('role', entry.role))), el('td', el('code', { dir: 'ltr' }, entry.action)),
        el('td.free', { dir: 'auto' }, entry.target), el('td.free', { dir: 'auto', lang: 'en' }, typeof entry.detail === 'object' ? JSON.stringify(entry.detail) : entry.detail), el('td', { dir: 'ltr' }, entry.from))))),
    pages.more && el('p.center', el(Button, { onClick: pages.more }, t('more'))));
}
