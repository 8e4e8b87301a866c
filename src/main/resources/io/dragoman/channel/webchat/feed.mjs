// SPDX-License-Identifier: Apache-2.0
// The visitor's side of the wire: token, POST, and the feed by server-sent events, or by polling with the same cursor.
const BASE = location.pathname.replace(/[^/]*$/, '');
const SILENCE_MS = 45_000; // the gateway says something every 15 s
const POLL_MS = 4_000;
const GOOD_MS = 60_000;
const MOST_WAIT_MS = 30_000;

export class Refused extends Error {
  constructor(status, retryAfter) { super(`refused: ${status}`); this.status = status; this.retryAfter = retryAfter; }
}

export class Feed {
  #key; #token; #onEntry; #onState; #onLogout; #onSignal; #after = 0; #running = null; #failures = 0; #streamsFail = 0; #wake = () => {};

  constructor(channel, { onEntry, onState, onLogout, onSignal }) {
    this.#key = `dragoman-webchat ${channel}`;
    this.#onEntry = onEntry; this.#onState = onState; this.#onLogout = onLogout; this.#onSignal = onSignal;
    try { this.#token = localStorage.getItem(this.#key); } catch { this.#token = null; } // storage may be forbidden
    addEventListener('online', () => this.#wake());
    addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#wake());
  }

  /** The number of the last entry that was on a screen; on this device, for all its tabs and visits. */
  get lastRead() {
    try { return Number(localStorage.getItem(`${this.#key} read`) ?? 0); } catch { return 0; }
  }

  set lastRead(seq) {
    try { localStorage.setItem(`${this.#key} read`, String(seq)); } catch { /* then it is unread again next time */ }
  }

  /** The conversation whose survey the visitor wanted no more of. */
  get doneWith() {
    try { return localStorage.getItem(`${this.#key} survey`); } catch { return null; }
  }

  set doneWith(conversation) {
    try { localStorage.setItem(`${this.#key} survey`, conversation); } catch { /* then it is asked again next time */ }
  }

  get known() { return Boolean(this.#token); }

  async session(body) {
    const answer = await this.post('session', body);
    this.#keep((await answer.json()).token);
    this.#after = 0; // it may be another feed now, with other numbers
    this.lastRead = 0;
    this.restart();
  }

  forget() { this.#stop(); this.#keep(null); this.#after = 0; this.lastRead = 0; }

  #keep(token) {
    this.#token = token;
    try {
      if (token) localStorage.setItem(this.#key, token); else localStorage.removeItem(this.#key);
    } catch { /* then this page alone knows it */ }
  }

  #headers(more) { return this.#token ? { authorization: `Bearer ${this.#token}`, ...more } : more; }

  /** Resolves with the answer; what is refused for good rejects. */
  async post(name, body) {
    const answer = await fetch(BASE + name, { method: 'POST', body: JSON.stringify(body), credentials: 'omit',
      headers: this.#headers({ 'content-type': 'application/json' }) });
    if (answer.ok) return answer;
    if (answer.status === 401 && this.#token) this.#expired();
    throw new Refused(answer.status, Number(answer.headers.get('retry-after') ?? 0));
  }

  /** The same message until it is acknowledged: its clientMsgId makes it one. */
  async send(message) {
    for (let failures = 0; ; failures++) {
      try {
        return await (await this.post('messages', message)).json();
      } catch (e) {
        if (e instanceof Refused && e.status !== 503 && e.status !== 429) throw e;
        if (e instanceof Refused && e.status === 429) this.#onState('slow', e.retryAfter);
        await this.#pause(e instanceof Refused && e.retryAfter ? e.retryAfter * 1000 : this.#wait(failures));
      }
    }
  }

  #expired() { this.forget(); this.#onLogout(); }

  #wait(failures) { return Math.random() * Math.min(MOST_WAIT_MS, 1000 * 2 ** failures); } // full jitter

  #pause(ms) {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      this.#wake = () => { clearTimeout(timer); done(); };
    });
  }

  restart() { this.#stop(); this.start(); }

  #stop() { this.#running?.abort(); this.#running = null; }

  start() {
    if (this.#running || !this.#token) return;
    this.#running = new AbortController();
    this.#run(this.#running);
  }

  async #run(run) {
    this.#refresh();
    while (!run.signal.aborted) {
      const began = Date.now();
      try {
        await (this.#streamsFail >= 3 ? this.#poll(run) : this.#stream(run));
        this.#failures = 0;
      } catch (e) {
        if (run.signal.aborted) return;
        if (e instanceof Refused && e.status === 401) { this.#expired(); return; }
        if (Date.now() - began > GOOD_MS) this.#failures = 0; else this.#failures++;
        this.#onState('offline');
        await this.#pause(this.#wait(this.#failures));
      }
    }
  }

  /** Once for each visit: the token lasts from then on. */
  async #refresh() {
    const before = this.#token;
    try {
      const { token } = await (await this.post('session', {})).json();
      if (this.#token === before) this.#keep(token); // unless the visitor logged in, or left, meanwhile
    } catch { /* the old one lasts a while */ }
  }

  async #stream(run) {
    const silence = new AbortController();
    let timer;
    const heard = () => { clearTimeout(timer); timer = setTimeout(() => silence.abort(), SILENCE_MS); };
    const abort = () => silence.abort();
    run.signal.addEventListener('abort', abort);
    heard();
    try {
      const answer = await fetch(BASE + 'events', { signal: silence.signal, credentials: 'omit', cache: 'no-store',
        headers: this.#headers({ accept: 'text/event-stream', 'last-event-id': String(this.#after) }) });
      if (!answer.ok) {
        if (answer.status !== 401) this.#streamsFail++;
        throw new Refused(answer.status, 0);
      }
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      let first = true;
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        heard();
        if (first) { this.#onState('online'); this.#streamsFail = 0; first = false; }
        const events = (rest + value).split('\n\n');
        rest = events.pop();
        events.forEach((event) => event.split('\n').forEach((line) => {
          if (line.startsWith('data: ')) this.#take(JSON.parse(line.slice(6)));
        }));
      }
    } catch (e) {
      if (silence.signal.aborted && !run.signal.aborted) this.#streamsFail++; // a proxy may keep it all back
      throw e;
    } finally {
      clearTimeout(timer);
      run.signal.removeEventListener('abort', abort);
    }
  }

  async #poll(run) {
    for (;;) {
      const answer = await fetch(`${BASE}messages?after=${this.#after}`,
        { signal: run.signal, credentials: 'omit', cache: 'no-store', headers: this.#headers({}) });
      if (!answer.ok) throw new Refused(answer.status, 0);
      const page = await answer.json();
      this.#onState('online');
      page.items.forEach((entry) => this.#take(entry));
      if (page.items.length === 0) await this.#pause(POLL_MS);
    }
  }

  /** Each number once, whichever way it came. */
  #take(entry) {
    if (entry.seq === undefined) {
      this.#onSignal(entry); // of the moment: it has no place
    } else if (entry.seq > this.#after) {
      this.#after = entry.seq;
      this.#onEntry(entry);
    }
  }
}
