// SPDX-License-Identifier: Apache-2.0
// Rules are checked and tried on what came in lately before they are kept.
import { el, useState } from './dom.mjs';
import { act, get, inForce, send, useAct, useData } from './api.mjs';
import { useKept } from './kept.mjs';
import { at } from './router.mjs';
import { t } from './texts.mjs';
import { Button, Card, Select, Trouble, say } from './ui.mjs';
import { Differences, Problems } from './rule-views.mjs';

const DAYS = { day: 1, week: 7, month: 30 };

export default function RuleEditor({ rules, etag, reload }) {
  const [yaml, setYaml] = useKept('rules', rules.yaml ?? '');
  const [known, setKnown] = useKept('rules/known', { etag, yaml: rules.yaml ?? '' });
  const [theirs, setTheirs] = useState(null);
  const [problems, setProblems] = useState(null);
  const [trial, setTrial] = useState(null);
  const [period, setPeriod] = useState('week');
  const { busy, problem, run, forget } = useAct();
  const config = useData('config');
  const changed = yaml !== known.yaml;
  const write = (event) => { setYaml(event.currentTarget.value); setProblems(null); setTrial(null); };
  const check = () => run(async () => {
    const answer = await act('POST', 'rules/check', { yaml });
    setProblems(answer.problems);
    say(t(answer.ok ? 'rules.valid' : 'rules.invalid'));
  });
  const backtest = () => run(async () => {
    const since = new Date(Date.now() - DAYS[period] * 86_400_000).toISOString();
    setTrial(await act('POST', 'rules/backtest', { yaml, since }));
    say(t('rules.backtested'));
  });
  const save = () => run(async () => {
    const response = await send('PUT', 'rules', { body: { yaml }, match: known.etag ?? undefined }).catch(async (refused) => {
      if (refused.status === 412) setTheirs(await get('rules'));
      throw refused;
    });
    setTheirs(null);
    await inForce(response);
    setKnown({ etag: response.headers.get('ETag') ?? null, yaml });
    setTrial(null);
    say(t('rules.saved'));
    reload();
  });
  const take = (text) => () => { setKnown({ etag: theirs.etag, yaml: theirs.yaml ?? '' }); setYaml(text); setTheirs(null); setTrial(null); forget(); };
  const shadow = () => run(async () => { await act('PUT', 'rules/shadow', { yaml }); say(t('rules.shadow.begun')); location.hash = at('rules', 'shadow'); });
  return el('div.stack',
    config.data?.readOnly && el('p.notice', t('config.read-only')),
    el(Card, { title: t('rules.edit.title', { file: rules.file ?? '' }) },
      el('textarea.code', { 'aria-label': t('rules.edit.label'), rows: 20, spellcheck: false, dir: 'ltr', value: yaml, onInput: write }),
      el('div.actions.start', el(Button, { busy, onClick: check }, t('rules.check')), el(Button, { busy, onClick: backtest }, t('rules.backtest')),
        el(Select, { 'aria-label': t('rules.backtest.period'), value: period, onPick: (next) => { setPeriod(next); setTrial(null); }, options: Object.keys(DAYS).map((name) => [name, t(`rules.backtest.${name}`)]) }), el(Button, { busy, onClick: shadow }, t('rules.shadow.begin')),
        !config.data?.readOnly && el(Button, { kind: 'main', busy, disabled: !changed, onClick: changed ? save : undefined }, t('rules.save'))),
      el(Trouble, { problem }),
      theirs && el('div.stack', el('p.label', t('rules.theirs')), el('pre', { tabIndex: 0, dir: 'ltr', 'aria-label': t('rules.theirs') }, theirs.yaml ?? ''),
        el('div.actions.start', el(Button, { onClick: take(theirs.yaml ?? '') }, t('rules.theirs.take')), el(Button, { onClick: take(yaml) }, t('rules.theirs.keep')))),
      problems && (problems.every((one) => one.warning) ? [el('p.good-news', { key: 'v' }, t('rules.valid')), el(Problems, { key: 'p', problems })] : el(Problems, { problems }))),
    trial && el(Card, { title: t('rules.backtest.title') }, el('p', t('rules.backtest.messages', { n: trial.messages }), t('rules.backtest.different', { n: trial.differences.length })), trial.complete === false && el('p.muted', t('rules.backtest.partly')), el(Differences, { differences: trial.differences })));
}
