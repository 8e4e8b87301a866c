// SPDX-License-Identifier: Apache-2.0
// Where one answers, or leaves a note that the customer never sees.
import { el, useEffect, useRef, useState } from './dom.mjs';
import { act, currentSession, useAct, useData } from './api.mjs';
import { ofOnePerson } from './kept.mjs';
import { moment, period, t } from './texts.mjs';
import { Button, Segments, Trouble, say } from './ui.mjs';
import { Parts } from './parts.mjs';

const drafts = ofOnePerson(); // what was begun is there again when one comes back, also after a session that ended

export function Composer({ conversation, sent }) {
  const path = `conversations/${encodeURIComponent(conversation.id)}`;
  const [kind, setKind] = useState('reply');
  const [text, setText] = useState(drafts.get(conversation.id) ?? '');
  const [preview, setPreview] = useState(null);
  const { busy, problem, run, forget } = useAct();
  const key = useRef(crypto.randomUUID()); // of this text: sending it again after a lost answer does not double it
  const field = useRef(null);
  useEffect(() => { if (text) drafts.set(conversation.id, text); else drafts.delete(conversation.id); }, [text]);
  const pauses = useData('pauses');
  const pause = kind === 'reply' && (pauses.data?.targets ?? []).find((one) => one.target === conversation.channel);
  const late = kind === 'reply' && conversation.replyUntil && Date.parse(conversation.replyUntil) < Date.now();

  const write = (event) => {
    setText(event.currentTarget.value);
    setPreview(null);
    key.current = crypto.randomUUID();
    if (problem) forget();
  };
  const submit = async (event) => {
    event?.preventDefault();
    if (!text.trim() || busy) { field.current.focus(); return; }
    const done = await run(() => act('POST', kind === 'note' ? `${path}/note` : `${path}/messages`, { text: text.trim(), ...signed(kind) }, { key: key.current }));
    if (!done) return;
    setText('');
    setPreview(null);
    key.current = crypto.randomUUID();
    say(t(kind === 'note' ? 'composer.noted' : 'composer.sent'));
    sent();
    field.current.focus();
  };
  const look = () => run(async () => setPreview(await act('POST', `channels/${encodeURIComponent(conversation.channel)}/preview`, { text: text.trim(), to: conversation.address })));
  const keys = (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event); };

  return el(`form.composer.${kind}`, { onSubmit: submit },
    el(Trouble, { problem }),
    late && el('p.notice', { role: 'status' }, t('composer.late', { at: moment(conversation.replyUntil, 'full') })),
    pause && el('p.notice', { role: 'status' }, t('composer.paused', { id: conversation.channel, reason: pause.reason })),
    conversation.status === 'closed' && kind === 'reply' && el('p.muted', t('composer.closed')),
    preview && el(Preview, { preview }),
    el(Segments, { label: t('composer.kind'), value: kind, onPick: setKind, options: [['reply', t('composer.reply')], ['note', t('composer.note')]] }),
    el('textarea', { ref: field, rows: 3, dir: 'auto', value: text, 'aria-label': t(kind === 'note' ? 'composer.note.label' : 'composer.reply.label'),
      placeholder: t(kind === 'note' ? 'composer.note.hint' : 'composer.reply.hint'), onInput: write, onKeyDown: keys }),
    el('div.composer-foot', el('span.muted.keys-hint', t('composer.keys')),
      kind === 'reply' && el(Button, { onClick: look, disabled: !text.trim(), busy }, t('composer.preview')),
      el(Button, { kind: 'main', type: 'submit', busy }, t(kind === 'note' ? 'composer.keep' : 'composer.send'))));
}

/** Whose it is; customers need not read that of the installation's own token. */
function signed(kind) {
  const name = currentSession().name.replace(/^oidc:/, '');
  return kind === 'note' || name !== 'admin' ? { author: { name } } : {};
}

/** How long one may answer, which comes as a length of ISO 8601. */
const replyWindow = (text) => t('preview.window', { time: period(text) ?? text });

/** How it will look there, and what of it is lost. */
function Preview({ preview }) {
  return el('section.preview', { 'aria-label': t('composer.preview') },
    preview.steps.map((step, i) => el('div', { key: i }, el(Parts, { parts: step.parts }), step.shortMessages && el('p.muted', t('preview.sms', { n: step.shortMessages })))),
    preview.losses.length > 0 ? el('ul', preview.losses.map((loss) => el('li', { key: loss, dir: 'auto', lang: 'en' }, loss))) : el('p.muted', t('preview.whole')),
    preview.replyWindow && el('p.muted', { dir: 'auto' }, replyWindow(preview.replyWindow)));
}
