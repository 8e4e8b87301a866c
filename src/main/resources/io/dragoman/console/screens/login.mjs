// SPDX-License-Identifier: Apache-2.0
import { el, useEffect, useRef, useState } from '../dom.mjs';
import { get, logIn, useAct } from '../api.mjs';
import { t } from '../texts.mjs';
import { Button, Field, Trouble } from '../ui.mjs';

export default function Login({ ended }) {
  const { busy, problem, run } = useAct();
  const [token, setToken] = useState('');
  const [oidc, setOidc] = useState(false);
  const [needed, setNeeded] = useState(false);
  const form = useRef(null);
  useEffect(() => {
    document.title = t('app.title', { page: t('login.title') });
    form.current.querySelector('input').focus();
    get('session/options').then((options) => setOidc(options.oidc)).catch(() => {});
  }, []);
  const submit = (event) => {
    event.preventDefault();
    setNeeded(!token.trim());
    if (token.trim() && problem?.until > Date.now()) return; // it would not be looked at
    if (token.trim()) run(() => logIn(token.trim()));
    else form.current.querySelector('input').focus();
  };
  return el('main.alone', el('form.login', { ref: form, onSubmit: submit, noValidate: true },
    el('img', { src: 'icon.svg', alt: '', width: 40, height: 40 }),
    el('h1', t('login.title')),
    ended && el('p.notice', { role: 'status' }, t('login.ended')),
    el(Trouble, { problem }),
    el(Field, { label: t('login.token'), hint: t('login.hint'), problem: needed ? t('login.needed') : null },
      el('input', { type: 'password', autoComplete: 'current-password', spellcheck: false, value: token, onInput: (event) => setToken(event.currentTarget.value) })),
    el(Button, { kind: 'main', type: 'submit', busy }, t('login.enter')),
    oidc && el('a.button.plain', { href: 'oidc/login' }, t('login.oidc'))));
}
