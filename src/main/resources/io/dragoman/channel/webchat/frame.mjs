// SPDX-License-Identifier: Apache-2.0
// The chat itself, inside the frame. All text is put in as text: nothing that anybody wrote is ever read as HTML.
import { Feed, Refused } from './feed.mjs';
import { watchHours } from './hours.mjs';
import { Survey } from './survey.mjs';
import { Typing } from './typing.mjs';
import { direction, wordsFor } from './words.mjs';

const $ = (id) => document.getElementById(id);
const language = new URLSearchParams(location.hash.slice(1)).get('lang') || navigator.language || 'en';
const say = wordsFor(language);
const shown = new Map(); // by the id of a message: what the feed brings again is not shown again
const unacknowledged = new Set();
let config;
let host = null; // the page around: its window and its checked origin
let open = false;
let unread = 0;
let lastType = null;
let identity = null;
let first = true;
let tellAgain = false; // the visitor logged in: the agent is told who it is
let answered = false; // by a person
const loadedAt = Date.now();
let leaving = false; // the visitor ended the chat, here and now: what the feed tells of earlier ends is history
let closed = null; // the entry of its end, until somebody writes again
let survey = null;
let quiet; // when nobody is typing any more
const TYPING_MS = 10_000;
const ASKED_MS = 7 * 24 * 3_600_000;

document.documentElement.lang = language;
document.documentElement.dir = direction(language);

const channel = location.pathname.split('/').at(-2);
const feed = new Feed(channel, { onEntry, onState, onSignal, onLogout: () => { clear(); begin(); } });
const typing = new Typing((now) => { if (feed.known) feed.post('typing', { typing: now }).catch(() => {}); });

function label(id, text) { $(id).setAttribute('aria-label', text); $(id).title = text; }

/** White or black, whichever can be read on a colour (WCAG contrast). */
function readableOn(color) {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) >= 4.5 ? '#fff' : '#000';
}

async function load() {
  config = await (await fetch('config', { credentials: 'omit' })).json();
  document.documentElement.style.setProperty('--accent', config.color);
  document.documentElement.style.setProperty('--on-accent', readableOn(config.color));
  document.title = config.title;
  $('title').textContent = config.title;
  $('hours').textContent = config.hours ?? '';
  $('hours').hidden = !config.hours;
  if (config.openingHours) {
    watchHours(say, language, (state, text) => { $('opening').className = state; if ($('opening').textContent !== text) $('opening').textContent = text; });
  }
  if (config.survey) {
    survey = new Survey({ form: $('survey'), asked: config.survey, language, say, problem,
      post: (answer) => trying(() => feed.post('survey', answer)), done: surveyDone });
  }
  label('close', say('close')); label('end', say('end')); label('attach', say('attach')); label('log', say('log'));
  $('end').textContent = say('end');
  label('mail', say('mail')); $('maillabel').textContent = say('email'); $('address').placeholder = say('email');
  $('mailsend').textContent = say('send');
  $('label').textContent = say('write'); $('send').textContent = say('send');
  $('text').maxLength = config.textLength;
  $('attach').hidden = config.fileSize === 0;
  begin();
  if (window.parent !== window) config.origins.forEach((origin) => window.parent.postMessage({ chat: 'ready' }, origin));
}

/** What a visitor sees first: the form when something is asked of them, else where to write. */
function begin() {
  if (config.greeting && !feed.known && $('log').children.length === 0) line('agent', config.greeting);
  const asked = Object.keys(config.form).length > 0 || config.consent;
  const mustLogIn = config.identityRequired && !identity && !feed.known;
  $('status').textContent = mustLogIn ? say('login') : '';
  $('start').hidden = feed.known || identity || mustLogIn || !asked;
  $('compose').hidden = mustLogIn || !$('start').hidden;
  $('end').hidden = !feed.known;
  offerMail();
  if (!$('start').hidden && $('start').children.length === 0) buildForm();
  feed.start();
}

function buildForm() {
  for (const [field, needed] of Object.entries(config.form)) {
    const input = Object.assign(document.createElement('input'), {
      name: field, required: needed, maxLength: 200, type: { email: 'email', phone: 'tel' }[field] ?? 'text',
      autocomplete: { email: 'email', phone: 'tel' }[field] ?? 'name' });
    const name = document.createElement('label');
    name.append(`${say(field)} ${needed ? '' : say('optional')}`, input);
    $('start').append(name);
  }
  if (config.consent) {
    const box = Object.assign(document.createElement('input'), { type: 'checkbox', name: 'consent', required: true });
    const name = Object.assign(document.createElement('label'), { className: 'check' });
    const text = document.createElement('span');
    text.append(config.consent);
    if (config.privacyUrl) {
      text.append(' ', Object.assign(document.createElement('a'),
        { href: config.privacyUrl, target: '_blank', rel: 'noopener noreferrer', textContent: say('privacy') }));
    }
    name.append(box, text);
    $('start').append(name);
  }
  $('start').append(Object.assign(document.createElement('button'), { type: 'submit', textContent: say('start') }));
}

$('start').addEventListener('submit', async (event) => {
  event.preventDefault();
  const bad = [...$('start').elements].find((field) => !field.checkValidity());
  if (bad) {
    problem(bad.type === 'checkbox' ? say('agree') : say('required', { field: say(bad.name) }));
    bad.focus();
    return;
  }
  const form = Object.fromEntries([...$('start').elements].filter((f) => config.form[f.name] !== undefined && f.value.trim())
    .map((f) => [f.name, f.value.trim()]));
  await trying(async () => {
    await feed.session({ consent: true, form, language });
    begin();
    $('text').focus();
  });
});

function problem(text) { $('error').textContent = text; }

async function trying(work) {
  problem('');
  try {
    return await work();
  } catch (e) {
    const slow = e instanceof Refused && e.status === 429;
    problem(slow ? say('slow', { seconds: e.retryAfter }) : say('failed'));
    return undefined;
  }
}

/** Only somebody who writes becomes a visitor: a page that is merely opened makes nobody one. */
async function send(parts, preview) {
  const clientMsgId = crypto.randomUUID();
  const row = line('visitor pending', preview);
  shown.set(clientMsgId, row);
  unacknowledged.add(clientMsgId);
  const sent = await trying(async () => {
    if (!feed.known) await feed.session(identity ? { identity, consent: true, language } : { consent: true, language });
    const message = { clientMsgId, parts };
    if (first || tellAgain) message.first = true;
    first = false;
    tellAgain = false;
    return feed.send(message);
  });
  unacknowledged.delete(clientMsgId);
  row.classList.remove('pending');
  if (!sent) {
    row.remove();
    shown.delete(clientMsgId);
  }
  begin();
  return Boolean(sent);
}

$('compose').addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = $('text').value.trim();
  if (!text) return;
  $('text').value = '';
  typing.sent();
  if (!(await send([{ type: 'text', text }], text)) && !$('text').value) $('text').value = text;
});

$('text').addEventListener('input', () => typing.changed($('text').value.trim() !== ''));
$('text').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $('compose').requestSubmit();
  }
});

$('attach').addEventListener('click', () => $('file').click());
$('file').addEventListener('change', async () => {
  const file = $('file').files[0];
  $('file').value = '';
  if (!file) return;
  if (file.size > config.fileSize) { problem(say('large', { size: Math.floor(config.fileSize / 1024) })); return; }
  const data = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ''));
    reader.readAsDataURL(file);
  });
  await send([{ type: 'media', mimeType: file.type || 'application/octet-stream', fileName: file.name, data }], file.name);
});

$('end').addEventListener('click', async () => {
  await trying(async () => {
    if (!closed) await feed.post('end', { clientMsgId: crypto.randomUUID() });
    leaving = true;
    $('status').textContent = say('ended');
    if (closed ? !ask() : !(survey && answered)) leave();
  });
});

function leave() {
  feed.forget();
  clear();
  begin();
  $('status').textContent = say('ended');
}

/** Asks what the visitor thinks of a chat that somebody answered; whether it does. */
function ask() {
  if (!survey || !answered || !closed || feed.doneWith === closed.conversation) return false;
  if (loadedAt - Date.parse(closed.at) > ASKED_MS) return false;
  if (!survey.isOpen) survey.offer(closed.conversation, leaving && document.hasFocus());
  return true;
}

function surveyDone(conversation) {
  problem('');
  feed.doneWith = conversation;
  if (leaving) { leave(); return; }
  $('text').focus();
}

/** What was answered before this page was there is done with, on whatever device. */
function onRated(entry) {
  if (Date.parse(entry.at) >= loadedAt) { survey?.answered(entry); return; }
  feed.doneWith = entry.conversation;
  survey?.hide();
}

/** The chat has ended, by whichever side. */
function onClosed(entry) {
  closed = entry;
  first = true; // another conversation may begin: the agent is told again what the form asked
  if (!leaving && lastType !== 'ended') line('ended', say('ended'));
  if (!ask() && leaving) leave();
}

/** An answered chat can be mailed. */
function offerMail() { $('mail').hidden = !(config.transcript && feed.known && answered); }

function openMail(isOpen) {
  $('mailform').hidden = !isOpen;
  $('mail').setAttribute('aria-expanded', String(isOpen));
}

$('mail').addEventListener('click', () => {
  openMail($('mailform').hidden);
  if (!$('mailform').hidden) $('address').focus();
});

$('mailform').addEventListener('submit', async (event) => {
  event.preventDefault();
  const email = $('address').value.trim();
  if (!email || !$('address').checkValidity()) {
    problem(say('required', { field: say('email') }));
    $('address').focus();
    return;
  }
  if (await trying(() => feed.post('transcript', { clientMsgId: crypto.randomUUID(), email }))) {
    openMail(false);
    $('status').textContent = say('mailed');
    $('text').focus();
  }
});

function clear() { $('log').replaceChildren(); shown.clear(); toRead.length = 0; first = true; answered = false; leaving = false; closed = null; survey?.hide(); openMail(false); count(0); }

function onState(state, seconds) {
  $('status').textContent = state === 'offline' ? say('offline') : state === 'slow' ? say('slow', { seconds }) : '';
}

/** Somebody is typing, until they write, stop, or are not heard of any more. */
function onSignal({ type, typing, name }) {
  if (type !== 'typing') return;
  clearTimeout(quiet);
  const text = typing ? say('typing', { who: name ?? say('agent') }) : '';
  if ($('typing').textContent !== text) $('typing').textContent = text; // a repetition is not read out again
  if (typing) quiet = setTimeout(() => { $('typing').textContent = ''; }, TYPING_MS);
}

function onEntry(entry) {
  if (entry.type === 'received') {
    const meta = shown.get(entry.id)?.querySelector('.meta');
    if (meta) meta.textContent = say('received');
    return;
  }
  if (entry.type === 'closed') { onClosed(entry); return; }
  if (entry.type === 'rated') { onRated(entry); return; }
  lastType = entry.type;
  first = false;
  if (entry.type === 'message') { closed = null; leaving = false; survey?.hide(); }
  if (shown.has(entry.id)) return;
  if (entry.type === 'ended') { shown.set(entry.id, line('ended', say('ended'))); return; }
  const row = line(entry.from === 'visitor' ? 'visitor' : 'agent', '', entry);
  entry.parts.forEach((part) => row.append(view(part)));
  shown.set(entry.id, row);
  $('log').scrollTop = $('log').scrollHeight;
  if (entry.from === 'agent') { answered = true; offerMail(); onSignal({ type: 'typing', typing: false }); }
  if (entry.from !== 'visitor') receipt(entry);
}

function line(kind, text, entry) {
  const row = Object.assign(document.createElement('div'), { className: `message ${kind}` });
  const who = kind.startsWith('visitor') ? say('you') : entry?.name ?? say(entry?.from === 'automatic' ? 'automatic' : 'agent');
  const time = new Date(entry?.at ?? Date.now()).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  const said = Object.assign(document.createElement('span'), { className: 'hidden', textContent: say('said', { who, time }) });
  row.dir = 'auto';
  if (kind !== 'ended') row.append(said);
  if (text) row.append(text);
  if (kind.startsWith('visitor')) row.append(Object.assign(document.createElement('span'), { className: 'meta' }));
  $('log').append(row);
  $('log').scrollTop = $('log').scrollHeight;
  return row;
}

function view(part) {
  const box = document.createElement('div');
  if (part.type === 'file') {
    const name = part.name || part.mimeType;
    const safe = part.url && /^https?:\/\//.test(part.url);
    box.append(safe ? Object.assign(document.createElement('a'),
      { href: part.url, target: '_blank', rel: 'noopener noreferrer', textContent: name }) : name);
  } else {
    box.append(part.text ?? '');
  }
  if (part.type === 'choices') {
    const list = Object.assign(document.createElement('div'), { className: 'choices' });
    part.choices.forEach((choice) => {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: choice.title });
      button.addEventListener('click', () => {
        list.querySelectorAll('button').forEach((b) => { b.disabled = true; });
        send([{ type: 'choice', id: choice.id, title: choice.title }], choice.title);
      });
      list.append(button);
    });
    box.append(list);
  }
  return box;
}

const toRead = [];
let arrived = [];

function receipt(entry) {
  if (entry.seq <= feed.lastRead) return; // on an earlier visit, or in another tab
  toRead.push(entry);
  if (open && document.visibilityState === 'visible') { read(); return; }
  count(unread + 1);
  arrived.push(entry.id);
  if (arrived.length === 1) {
    setTimeout(() => { receipts('delivered', arrived); arrived = []; }, 300);
  }
}

function receipts(status, ids) {
  for (let i = 0; i < ids.length; i += 50) feed.post('receipts', { status, ids: ids.slice(i, i + 50) }).catch(() => {});
}

/** Read is what was on a screen, not what came in. */
function read() {
  count(0);
  if (toRead.length === 0) return;
  const all = toRead.splice(0);
  feed.lastRead = all.at(-1).seq;
  receipts('read', all.map((entry) => entry.id));
}

addEventListener('visibilitychange', () => { if (open && document.visibilityState === 'visible') read(); });

function count(n) { unread = n; tell({ chat: 'unread', count: n }); }

function tell(message) { host?.window.postMessage(message, host.origin); }

$('close').addEventListener('click', () => tell({ chat: 'close' }));
addEventListener('keydown', (event) => { if (event.key === 'Escape') tell({ chat: 'close' }); });

addEventListener('message', (event) => {
  if (event.source !== window.parent || !config?.origins.includes(event.origin)) return;
  host = { window: event.source, origin: event.origin };
  const message = event.data;
  if (message?.chat === 'open') { open = true; read(); ($('start').hidden ? $('text') : $('start').elements[0])?.focus(); }
  if (message?.chat === 'closed') open = false;
  if (message?.chat === 'hello') count(unread);
  if (message?.chat === 'identify' && typeof message.jwt === 'string') identify(message.jwt);
  if (message?.chat === 'reset') { feed.forget(); identity = null; clear(); begin(); }
});

async function identify(jwt) {
  identity = jwt;
  if (feed.known) { // else with the first message
    if (await trying(async () => { await feed.session({ identity: jwt, language }); return true; })) tellAgain = true;
  }
  begin();
}

load().catch(() => problem(say('offline')));
