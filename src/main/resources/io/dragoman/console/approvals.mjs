// SPDX-License-Identifier: Apache-2.0
// Answers in public that wait until somebody approves them.
import { el } from './dom.mjs';
import { act, can, useAct, useData } from './api.mjs';
import { at } from './router.mjs';
import { useCalm, useLive } from './live.mjs';
import { t } from './texts.mjs';
import { Ago, Button, Card, Trouble, say } from './ui.mjs';

/** Nothing where none waits. */
export function Approvals() {
  const data = useData('approvals', { limit: 20 });
  const again = useCalm(data.reload, 2000);
  useLive('figures', again);
  useLive('conversation', again);
  const waiting = data.data?.approvals ?? [];
  return waiting.length > 0 && el(Card, { title: t('approvals.title', { n: data.data.waiting }) }, el('ul.needs', waiting.map((answer) => el(Approval, { key: answer.id, answer, reload: data.reload }))));
}

function Approval({ answer, reload }) {
  const { busy, problem, run } = useAct();
  const decide = (verb) => () => run(async () => {
    await act('POST', `approvals/${answer.id}/${verb}`, {});
    say(t(`approvals.${verb}.done`));
    reload();
  });
  return el('li.need', el('div.need-text', el('p.strong', answer.author.name && el('bdi', answer.author.name), el('bdi.need-target', answer.channel)),
    answer.question && el('p.muted', { dir: 'auto' }, answer.question), el('p.text', { dir: 'auto' }, answer.text), el('p.muted', el(Ago, { at: answer.askedAt })), el(Trouble, { problem })),
  el('a.button.plain', { href: at('conversations', answer.conversation) }, t('approvals.look')),
  can('agent') && el(Button, { kind: 'main', busy, onClick: decide('approve') }, t('approvals.approve')),
  can('agent') && el(Button, { kind: 'danger', busy, onClick: decide('refuse') }, t('approvals.refuse')));
}
