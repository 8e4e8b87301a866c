// SPDX-License-Identifier: Apache-2.0
// One stream for all screens. A hidden tab closes it, and goes on by its cursor when it is looked at again.
import { useEffect, useRef, useState } from './dom.mjs';
import { askSession } from './api.mjs';

const EVENTS = ['conversation', 'figures', 'health', 'reset'];
const listeners = new Map(EVENTS.map((event) => [event, new Set()]));
const watchers = new Set();
let source = null;
let cursor = null;
let running = false;
let state = 'away';
let retry = null;
let opened = 0;

function become(next) {
  if (state === next) return;
  state = next;
  watchers.forEach((watcher) => watcher(next));
}

function tell(event, message) {
  if (message.lastEventId) cursor = message.lastEventId;
  let data = {};
  try { data = JSON.parse(message.data); } catch { /* an event without data */ }
  listeners.get(event).forEach((listener) => listener(data));
}

function open() {
  if (!running || source || document.visibilityState === 'hidden') return;
  clearTimeout(retry);
  source = new EventSource(`../api/v1/stream${cursor ? `?after=${encodeURIComponent(cursor)}` : ''}`);
  source.onopen = () => {
    become('live');
    if (opened++ > 0) listeners.get('health').forEach((listener) => listener(null)); // what is no conversation's is told once only
  };
  source.onerror = () => { // the browser's own retry would begin at the old address: ours begins at the cursor
    close();
    become('waiting');
    retry = setTimeout(open, 2000 + Math.random() * 1000);
    askSession(); // a browser does not say why a stream ended, and a restarted gateway knows nobody
  };
  EVENTS.forEach((event) => source.addEventListener(event, (message) => tell(event, message)));
}

function close() {
  clearTimeout(retry);
  source?.close();
  source = null;
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'hidden') { open(); return; }
  close();
  become('away');
});

export function start() {
  running = true;
  opened = 0;
  open();
}

export function stop() {
  running = false;
  cursor = null;
  close();
  become('away');
}

/** Calls back on each of these events, and on reset, after which everything is to be loaded anew. */
export function useLive(event, listener) {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const heard = (data) => latest.current(data);
    const reset = () => latest.current(null);
    listeners.get(event).add(heard);
    listeners.get('reset').add(reset);
    return () => { listeners.get(event).delete(heard); listeners.get('reset').delete(reset); };
  }, [event]);
}

export function useConnection() {
  const [now, setNow] = useState(state);
  useEffect(() => {
    watchers.add(setNow);
    setNow(state);
    return () => watchers.delete(setNow);
  }, []);
  return now;
}

/** Calls back at most once in a while, and once more at the end. */
export function useCalm(work, ms = 500) {
  const latest = useRef(work);
  latest.current = work;
  const timer = useRef(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useRef(() => {
    if (timer.current) return;
    timer.current = setTimeout(() => { timer.current = null; latest.current(); }, ms);
  }).current;
}
