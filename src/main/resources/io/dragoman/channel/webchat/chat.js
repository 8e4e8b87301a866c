// SPDX-License-Identifier: Apache-2.0
// The loader: <script src="https://chat.example.com/channels/<id>/chat.js" async></script>. It puts a button into the page;
// the chat itself is a frame of the gateway's, made on the first click or for a visitor who is known.
(() => {
  'use strict';
  const script = document.currentScript;
  if (!script || window.DragomanChat) return;
  const base = script.src.replace(/[^/]*$/, '');
  const origin = new URL(base).origin;
  const language = script.dataset.lang || document.documentElement.lang || navigator.language || 'en';
  const rightToLeft = /^(ar|fa|he|ur|ps|yi|dv|ckb)\b/i.test(language);
  const name = script.dataset.label || { de: 'Chat öffnen', ar: 'فتح المحادثة' }[language.slice(0, 2)] || 'Open chat';
  const marker = `dragoman-chat ${base}`;
  let frame = null;
  let ready = false;
  let isOpen = false;
  let waiting = [];

  const side = rightToLeft ? 'left' : 'right';
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-expanded', 'false');
  button.setAttribute('aria-controls', 'dragoman-chat-panel');
  style(button, { position: 'fixed', bottom: '16px', [side]: '16px', 'z-index': '2147483000', width: '56px', height: '56px',
    'border-radius': '50%', border: '2px solid #fff', background: script.dataset.color || '#1d4ed8', color: '#fff',
    font: '24px/1 system-ui, sans-serif', cursor: 'pointer', padding: '0' });
  const icon = document.createElement('span');
  icon.setAttribute('aria-hidden', 'true');
  icon.textContent = '💬';
  const badge = document.createElement('span');
  badge.setAttribute('aria-hidden', 'true');
  style(badge, { position: 'absolute', top: '-6px', right: '-6px', 'min-width': '24px', padding: '0 4px', 'border-radius': '12px',
    background: '#b91c1c', color: '#fff', font: '14px/24px system-ui, sans-serif' });
  badge.hidden = true;
  button.append(icon, badge);

  const panel = document.createElement('div');
  panel.id = 'dragoman-chat-panel';
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-label', name);
  panel.hidden = true;
  const narrow = matchMedia('(max-width: 480px)');
  lay();
  narrow.addEventListener('change', lay);

  function style(element, values) {
    for (const [key, value] of Object.entries(values)) element.style.setProperty(key, value);
  }

  function lay() {
    style(panel, narrow.matches
      ? { position: 'fixed', inset: '0', width: '100%', height: '100%', 'border-radius': '0' }
      : { position: 'fixed', inset: 'auto', bottom: '84px', [side]: '16px', width: '380px', height: 'min(600px, calc(100vh - 100px))',
        'border-radius': '12px' });
    style(panel, { 'z-index': '2147483001', overflow: 'hidden', 'box-shadow': '0 4px 24px rgba(0,0,0,.35)' });
    panel.style.setProperty('display', isOpen ? 'block' : 'none');
  }

  function label(unread) {
    badge.hidden = !unread;
    badge.textContent = unread > 99 ? '99+' : String(unread);
    button.setAttribute('aria-label', unread ? `${name} (${unread})` : name);
  }

  function tell(message) {
    if (ready) frame.contentWindow.postMessage(message, origin); else waiting.push(message);
  }

  function load() {
    if (frame) return;
    frame = document.createElement('iframe');
    frame.title = name;
    frame.src = `${base}frame#lang=${encodeURIComponent(language)}`;
    style(frame, { width: '100%', height: '100%', border: '0', 'color-scheme': 'normal' });
    panel.append(frame);
  }

  function open() {
    load();
    remember();
    isOpen = true;
    panel.hidden = false;
    lay();
    button.setAttribute('aria-expanded', 'true');
    tell({ chat: 'open' });
    frame.focus();
  }

  function close() {
    if (!isOpen) return;
    isOpen = false;
    panel.hidden = true;
    lay();
    button.setAttribute('aria-expanded', 'false');
    tell({ chat: 'closed' });
    button.focus();
  }

  function remember() {
    try { localStorage.setItem(marker, '1'); } catch { /* then the badge waits for a click */ }
  }

  function known() {
    try { return localStorage.getItem(marker) === '1'; } catch { return false; }
  }

  button.addEventListener('click', () => (isOpen ? close() : open()));
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
  addEventListener('message', (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
    if (event.data?.chat === 'ready') {
      ready = true;
      tell({ chat: 'hello' });
      waiting.splice(0).forEach(tell);
    }
    if (event.data?.chat === 'unread') label(event.data.count);
    if (event.data?.chat === 'close') close();
  });

  window.DragomanChat = {
    open,
    close,
    /** Who is logged in, as the website's server signed it. */
    identify(jwt) { load(); tell({ chat: 'identify', jwt }); },
    /** On logout: the next user of this browser sees nothing of it. */
    reset() {
      load();
      tell({ chat: 'reset' });
      try { localStorage.removeItem(marker); } catch { /* nothing was kept */ }
    },
  };

  function begin() {
    label(0);
    document.body.append(button, panel);
    if (known()) load();
  }
  if (document.body) begin(); else addEventListener('DOMContentLoaded', begin);
})();
