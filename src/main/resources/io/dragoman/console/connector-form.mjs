// SPDX-License-Identifier: Apache-2.0
// The form of a channel or desk, made from the declarations of its kind's settings. Secrets are kept in files and only named here.
import { el, useEffect, useMemo, useRef, useState } from './dom.mjs';
import { act, can, inForce, send, useAct, useData } from './api.mjs';
import { at, go } from './router.mjs';
import { list, t } from './texts.mjs';
import { useKept } from './kept.mjs';
import { Button, Card, Dialog, Empty, Field, Loaded, Page, Trouble, say } from './ui.mjs';

/** What is done at the provider, in the connector's English; what stands in backticks is to be typed. */
export const Steps = ({ steps }) => el('ol.steps', steps.map((step, i) => el('li', { key: i, lang: 'en', dir: 'auto' }, step.split('`').map((piece, j) => (j % 2 === 1 ? el('code', { key: j, dir: 'ltr' }, piece) : piece)))));

const called = (kind) => (kind.profile ? `${kind.kind}/${kind.profile}` : kind.kind);

export function ConnectorForm({ side, screen, id }) {
  const kinds = useData(can('operator') ? 'kinds' : null, { side });
  const old = useData(id ? `${screen}/${encodeURIComponent(id)}` : null);
  const config = useData(can('operator') ? 'config' : null);
  const title = t(id ? 'form.change' : `${screen}.add`, { id: id ?? '' });
  const page = (children) => el(Page, { title, back: at(screen, id) }, children);
  if (!can('operator')) return page(el(Empty, { title: t('form.not-yours') }));
  if (config.data?.readOnly) return page(el('p.notice', t('config.read-only')));
  return page(el(Loaded, { from: kinds, rows: 6 }, (all) => (id ? el(Loaded, { from: old, rows: 6 }, (one) => el(Filled, { all, one, etag: old.etag, again: old.reload, screen, side }))
    : el(New, { all, screen, side }))));
}

function New({ all, screen, side }) {
  const [chosen, setChosen] = useKept(`${screen}/new`, null);
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const shown = all.filter((kind) => `${kind.title} ${called(kind)} ${kind.description}`.toLowerCase().includes(wanted));
  if (chosen) return el(Settings, { kind: chosen, screen, side, written: NOTHING, other: () => setChosen(null) });
  return el(Card, { title: t('form.kind') }, el('input', { type: 'search', value: text, dir: 'auto', 'aria-label': t('form.kind.search'), placeholder: t('form.kind.search'), onInput: (event) => setText(event.currentTarget.value) }),
    shown.length === 0 ? el('p.muted', t('form.kind.none')) : el('ul.kinds', shown.map((kind) => el('li', { key: called(kind) },
      el('button', { type: 'button', onClick: () => setChosen(kind) }, el('span.strong', { dir: 'auto' }, kind.title), el('span.muted', { lang: 'en', dir: 'auto' }, kind.description))))));
}

function Filled({ all, one: now, etag, again, screen, side }) {
  const read = useRef(now);
  if (now.source) read.current = now; // while somebody's error stands in the file, what it held before is changed on
  const one = read.current;
  if (!one.source) return el(Empty, { title: t('form.unreadable') });
  const kind = all.find((other) => other.kind === one.kind && (other.profile ?? null) === (one.profile ?? null));
  if (!kind) return el(Empty, { title: t('form.kind.unknown', { kind: one.kind }) });
  return el(Settings, { kind, screen, side, one, etag, again, unreadable: !now.source, written: one.settings ?? NOTHING });
}

/** The text of a setting as it is written; a secret's is its reference. */
const textOf = (setting) => (setting === undefined ? '' : setting?.secret ? setting.reference ?? '' : setting?.text ?? String(setting));

const NOTHING = {};

/** What stands in the file now, with what one has changed since one read it; and what both changed. */
function rebased(old, fresh) {
  const names = Object.keys(fresh);
  const mine = (name) => old.values[name] !== undefined && old.values[name] !== old.first[name];
  return { first: fresh, values: Object.fromEntries(names.map((name) => [name, mine(name) ? old.values[name] : fresh[name]])),
    both: names.filter((name) => mine(name) && fresh[name] !== old.first[name] && fresh[name] !== old.values[name]) };
}

function Settings({ kind, screen, side, one, etag, again, unreadable = false, written, other }) {
  const form = `${screen}/${one?.id ?? 'new'}/${called(kind)}`;
  const [id, setId] = useKept(`${form}/id`, one?.id ?? '');
  const fresh = useMemo(() => Object.fromEntries(kind.settings.map((setting) => [setting.name, textOf(written[setting.name])])), [kind, written]);
  const [{ first, values, both }, setForm] = useKept(form, { first: fresh, values: fresh, both: [] });
  useEffect(() => { if (JSON.stringify(first) !== JSON.stringify(fresh)) setForm((old) => rebased(old, fresh)); }, [fresh]);
  const setValues = (change) => setForm((old) => ({ ...old, values: { ...old.values, ...change } }));
  const [secrets, setSecrets] = useState({});
  const [seldom, setSeldom] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const [missing, setMissing] = useState([]);
  const { busy, problem, run } = useAct();
  const path = `config/${screen}/${encodeURIComponent(id)}`;
  const given = (setting) => values[setting.name] || secrets[setting.name] || (written[setting.name]?.given === 'plain');

  /** What stands in a group is only required where the group is used. */
  const required = (setting) => {
    const group = setting.name.slice(0, setting.name.lastIndexOf('.') + 1);
    return setting.required && (group === '' || kind.settings.some((other) => other.name.startsWith(group) && given(other)));
  };

  const isTaken = () => send('GET', `${screen}/${encodeURIComponent(id)}`).then(() => true, (e) => { if (e.status === 404) return false; throw e; });

  /** Somebody saved first: what they wrote is looked at again. */
  const changed = (refused) => {
    if (refused.status === 412) again?.();
    throw refused;
  };

  const save = (dryRun) => run(async () => {
    const lacking = kind.settings.filter((setting) => required(setting) && !setting.fallback && !given(setting)).map((setting) => setting.name);
    setMissing([...lacking, ...(/^[a-z0-9][a-z0-9-]*$/.test(id) ? [] : ['id'])]);
    if (lacking.length > 0 || !id) throw new Error(t('form.missing'));
    if (!one && await isTaken()) throw new Error(t('form.taken', { id }));
    const settings = { ...(kind.profile ? { profile: kind.profile } : {}) };
    for (const setting of kind.settings) {
      const value = values[setting.name] || (secrets[setting.name] ? first[setting.name] : '');
      if (value) settings[setting.name] = value;
    }
    const kept = [];
    const keep = async (setting) => {
      const name = encodeURIComponent(`${id}-${setting.name.replaceAll('.', '-')}`);
      settings[setting.name] = (await act('PUT', `secrets/${name}`, { value: secrets[setting.name] })).reference;
      kept.push(name);
    };
    const put = (query) => send('PUT', `${path}${query}`, { body: { kind: kind.kind, settings }, match: etag ?? undefined })
      .catch(async (refused) => { // what nothing refers to now need not stay; what something does is kept there
        await Promise.all(kept.map((name) => send('DELETE', `secrets/${name}`).catch(() => {})));
        changed(refused);
      });
    const anew = kind.settings.filter((setting) => secrets[setting.name]);
    const replaced = anew.filter((setting) => first[setting.name]);
    for (const setting of anew.filter((other) => !replaced.includes(other))) await keep(setting);
    if (replaced.length > 0) await put('?dryRun=true'); // what is refused must not leave another secret in use
    for (const setting of replaced) await keep(setting);
    const response = await put(dryRun ? '?dryRun=true' : '');
    if (dryRun) { say(t('form.valid')); return; }
    await inForce(response);
    say(t('form.saved', { id }));
    go(at(screen, id));
  });
  const remove = () => run(async () => { await send('DELETE', path, { match: etag ?? undefined }).catch(changed); say(t('form.deleted', { id })); go(at(screen)); });
  const usual = kind.settings.filter((setting) => required(setting) || setting.verifies || (kind.needs ?? []).includes(setting.name) || first[setting.name] || written[setting.name] !== undefined);
  const rare = kind.settings.filter((setting) => !usual.includes(setting));
  const row = (setting) => el(SettingField, { key: setting.name, setting, needed: required(setting), missing: missing.includes(setting.name), written: written[setting.name], value: values[setting.name], secret: secrets[setting.name] ?? '',
    onValue: (value) => setValues({ [setting.name]: value }), onSecret: (value) => setSecrets({ ...secrets, [setting.name]: value }) });

  return el('form.columns', { noValidate: true, onSubmit: (event) => { event.preventDefault(); if (!busy) save(false); } },
    el('div.main-column.stack', el(Card, { title: kind.title, actions: other && el(Button, { onClick: other }, t('form.kind.other')) }, el('p.muted', { lang: 'en', dir: 'auto' }, kind.description),
      !one && el(Field, { label: t('form.id'), hint: t('form.id.hint'), problem: missing.includes('id') ? t('form.id.wrong') : null }, el('input', { value: id, dir: 'ltr', autoCapitalize: 'off', spellcheck: false, onInput: (event) => setId(event.currentTarget.value.trim()) })),
      usual.map(row), rare.length > 0 && el('div', el(Button, { 'aria-expanded': String(seldom), onClick: () => setSeldom(!seldom) }, t(seldom ? 'form.seldom.hide' : 'form.seldom', { n: rare.length }))), seldom && rare.map(row)),
    el(Trouble, { problem }), unreadable ? el('p.notice', { role: 'status' }, t('form.unreadable')) : problem?.status === 412 && el('p.notice', { role: 'status' }, t('form.changed'), both.length > 0 && [' ', t('form.changed.both', { names: list(both) })]),
    el('div.actions.start', el(Button, { kind: 'main', type: 'submit', busy }, t('form.save')), !Object.values(secrets).some(Boolean) && el(Button, { busy, onClick: () => save(true) }, t('form.check')), one && el(Button, { kind: 'danger', onClick: () => setDeleting(true) }, t('form.delete')))),
    el('div.side-column', kind.setUp.length > 0 && el(Card, { title: t('connector.set-up') }, el(Steps, { steps: kind.setUp })), el(Card, { title: t('form.about') }, el('p.muted', t('form.about.text')))),
    deleting && el(Dialog, { title: t('form.delete.title', { id }), onClose: () => setDeleting(false) }, el('p', t('form.delete.about')), el(Trouble, { problem }),
      el('footer.actions', el(Button, { onClick: () => setDeleting(false) }, t('cancel')), el(Button, { kind: 'danger', busy, onClick: remove }, t('form.delete')))));
}

function SettingField({ setting, needed, missing, written, value, secret, onValue, onSecret }) {
  const label = needed ? t('form.required', { name: setting.name }) : setting.name;
  const hint = [el('span', { key: 'd', lang: 'en', dir: 'auto' }, setting.description), setting.fallback && ` ${t('form.fallback', { value: setting.fallback })}`];
  const problem = missing ? t('form.needed') : null;
  const type = String(setting.type).toLowerCase();
  if (type === 'secret') return el(SecretField, { label, hint, problem, written, value, secret, onValue, onSecret });
  if (setting.words?.length > 0 || type === 'flag') {
    const words = setting.words?.length > 0 ? setting.words : ['true', 'false'];
    return el(Field, { label, hint, problem }, el('select', { value, onChange: (event) => onValue(event.currentTarget.value) }, el('option', { value: '' }, t('form.unset')), words.map((name) => el('option', { key: name, value: name }, name))));
  }
  const kind = { url: 'url', integer: 'number' }[type] ?? 'text';
  return el(Field, { label, hint, problem }, el('input', { type: kind, dir: kind === 'text' ? 'auto' : 'ltr', value, spellcheck: false, onInput: (event) => onValue(event.currentTarget.value) }));
}

/** A secret is typed once, kept in a file of the gateway, and never read back. */
function SecretField({ label, hint, problem, written, value, secret, onValue, onSecret }) {
  const [anew, setAnew] = useState(!value && written?.given !== 'plain');
  const wanted = useRef(false);
  const asked = (input) => { if (input && wanted.current) { wanted.current = false; input.focus(); } };
  if (!anew) {
    return el('div.field', el('p.label', label), el('div.bar', el('code', { dir: 'ltr' }, value || t('connector.secret.plain')), el(Button, { class: 'small', 'aria-label': t('form.secret.replace.of', { name: label }), onClick: () => { wanted.current = true; setAnew(true); } }, t('form.secret.replace'))), el('p.hint', hint));
  }
  return el(Field, { label, hint: [hint, ' ', t('form.secret.hint')], problem }, el('input', { ref: asked, type: 'password', autoComplete: 'new-password', dir: 'ltr', spellcheck: false, value: secret,
    onInput: (event) => { onSecret(event.currentTarget.value); if (value) onValue(''); } }));
}
