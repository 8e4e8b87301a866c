// SPDX-License-Identifier: Apache-2.0
// Everything goes through /api/v1 with the session's cookie; what is refused comes back as one sentence.
import { useCallback, useEffect, useState } from './dom.mjs';
import { t } from './texts.mjs';

/** Beside the console, wherever that is: a tenant's is below its own path. */
const API = '../api/v1/';
const RANK = { viewer: 0, agent: 1, operator: 2 };
let session = null;
const listeners = new Set();

/** A page that nobody has touched for so long loads anew by itself, which must not keep its session alive. */
const UNATTENDED = 60_000;
let touched = Date.now();
for (const event of ['keydown', 'pointerdown', 'wheel', 'focus']) addEventListener(event, () => { touched = Date.now(); }, { capture: true, passive: true });

/** A refusal, with the sentence that the gateway says about it. */
export class Refused extends Error {
  constructor(status, sentence, body = {}) {
    super(sentence);
    this.status = status;
    this.body = body;
    this.language = sentence === (body.detail ?? body.title) ? 'en' : undefined; // what the gateway refuses with
    this.until = null; // when it may be tried again, where that is known
  }
}

export const currentSession = () => session;

/** Whether who is logged in may do what this role may. */
export const can = (role) => session !== null && RANK[session.role] >= RANK[role];

export function onSession(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next, ended = false) {
  session = next;
  listeners.forEach((listener) => listener(next, ended));
}

/** Refusals that mean the same whatever was asked; the others have a sentence of their own. */
const REFUSALS = { 403: 'problem.role', 404: 'problem.gone', 412: 'problem.changed', 429: 'problem.often', 500: 'problem.inside', 503: 'problem.busy' };
const AT_LOGIN = { 401: 'login.wrong', 429: 'login.locked' };

async function problem(response, path) {
  const body = await response.json().catch(() => ({}));
  const { status } = response;
  const foreign = status === 403 && !/ role /.test(body.title); // it is not who asks, but from where
  const known = (path === 'session' && AT_LOGIN[status]) || (foreign ? 'problem.foreign' : REFUSALS[status]);
  const refused = new Refused(status, known ? t(known) : body.detail ?? body.title ?? t('problem.status', { status: String(status) }), body);
  const wait = Number(response.headers.get('Retry-After'));
  if (wait > 0) refused.until = Date.now() + wait * 1000;
  return refused;
}

/**
 * A page that was open while somebody logged in anew in another has the token of a session that is gone: it goes on with
 * the one that is there, unless that is another person's.
 */
async function renewed() {
  const response = await fetch(`${API}session`, { headers: { Accept: 'application/json' } }).catch(() => null);
  if (!response?.ok) return false;
  const before = session;
  const found = await response.json();
  if (found.csrf === before.csrf) return false;
  set(found);
  if (found.name !== before.name || found.role !== before.role) throw new Refused(0, t('problem.other'));
  return true;
}

/** Sends a request; answers with the response when it went well. */
export async function send(method, path, options = {}) {
  const { body, key, match, signal } = options;
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && session) headers['X-CSRF-Token'] = session.csrf;
  if (key) headers['Idempotency-Key'] = key;
  if (method === 'GET' && Date.now() - touched > UNATTENDED) headers['X-Unattended'] = '1';
  if (match) headers['If-Match'] = match;
  let response;
  try {
    response = await fetch(API + path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Refused(0, t('problem.offline'));
  }
  if (response.ok) return response;
  if (response.status === 401 && path !== 'session' && session) set(null, true);
  if (response.status === 403 && method !== 'GET' && session && !options.again && await renewed()) return send(method, path, { ...options, again: true });
  throw await problem(response, path);
}

async function json(response) {
  return response.status === 204 ? null : response.json();
}

export function query(path, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

export const get = async (path, parameters, options) => json(await send('GET', query(path, parameters), options));

/** Does something: once, however often it is sent. */
export const act = async (method, path, body, options = {}) => json(await send(method, path, { body, key: crypto.randomUUID(), ...options }));

export async function resume() {
  try {
    set(await get('session'));
  } catch (e) {
    if (e.status !== 401) throw e;
    set(null);
  }
}

/** Asks whether the session lives; the end of one that does not is told like any other. */
export async function askSession() {
  if (session) await get('session').catch((e) => { if (e.status === 401 && session) set(null, true); });
}

export async function logIn(token) {
  set(await json(await send('POST', 'session', { body: { token } })));
}

export async function logOut() {
  try {
    await send('DELETE', 'session');
  } finally {
    set(null);
  }
}

/** A file that was written may not be in force all the same. */
export async function inForce(response) {
  const result = await response.json();
  if (result.problem) throw new Refused(0, result.problem, { title: result.problem });
  if (result.reloaded === false) throw new Refused(0, t('form.not-in-force'));
  return result;
}

/** Where the bytes of a media item are. */
export const mediaUrl = (id) => `${API}media/${encodeURIComponent(id)}`;

export const rawUrl = (id, view) => `${API}raw/${encodeURIComponent(id)}${view ? '?view=text' : ''}`;

/** What a path answers, kept while it is loaded again. */
export function useData(path, parameters = {}) {
  const address = path === null ? null : query(path, parameters);
  const [state, setState] = useState({ address: null, data: null, etag: null, problem: null, loading: true });
  const [asked, again] = useState(0);
  useEffect(() => {
    if (address === null) return undefined;
    const stop = new AbortController();
    setState((old) => (old.address === address ? { ...old, loading: true } : { address, data: null, etag: null, problem: null, loading: true }));
    send('GET', address, { signal: stop.signal })
      .then(async (response) => setState({ address, data: await json(response), etag: response.headers.get('ETag'), problem: null, loading: false }))
      .catch((e) => { if (e.name !== 'AbortError') setState((old) => ({ ...old, address, problem: e, loading: false })); });
    return () => stop.abort();
  }, [address, asked]);
  const reload = useCallback(() => again((n) => n + 1), []);
  return { ...(state.address === address ? state : { data: null, etag: null, problem: null, loading: true }), reload };
}

/** Runs one act at a time, and keeps what went wrong. */
export function useAct() {
  const [state, setState] = useState({ busy: false, problem: null });
  const run = useCallback(async (work) => {
    setState({ busy: true, problem: null });
    try {
      const result = await work();
      setState({ busy: false, problem: null });
      return result ?? true;
    } catch (e) {
      setState({ busy: false, problem: e });
      return undefined;
    }
  }, []);
  return { ...state, run, forget: useCallback(() => setState({ busy: false, problem: null }), []) };
}
