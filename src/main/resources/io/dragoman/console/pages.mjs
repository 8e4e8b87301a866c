// SPDX-License-Identifier: Apache-2.0
// Lists that come in pages, the latest first, and are looked at again when something changed.
import { useCallback, useEffect, useRef, useState } from './dom.mjs';
import { get, query } from './api.mjs';

/**
 * @param name under which the answer has its list
 * @param order the time by which it is sorted, such as updatedAt
 */
export function usePages(path, parameters, name, order) {
  const address = query(path, parameters);
  const [state, setState] = useState({ items: null, next: null, problem: null, extra: {} });
  const now = useRef({ address, busy: false });
  now.current.address = address;

  const ask = useCallback(async (before, take) => {
    const asked = now.current.address;
    try {
      const data = await get(before ? `${asked}${asked.includes('?') ? '&' : '?'}${new URLSearchParams({ before })}` : asked);
      if (now.current.address === asked) setState((old) => take(old, data));
    } catch (problem) {
      if (now.current.address === asked) setState((old) => ({ ...old, problem }));
    }
  }, []);

  const reload = useCallback(() => ask(null, (old, data) => ({ items: data[name], next: data.next ?? null, problem: null, extra: data })), [name]);
  useEffect(() => { setState((old) => ({ ...old, problem: null })); reload(); }, [address]);

  const more = useCallback(async () => {
    if (now.current.busy) return;
    now.current.busy = true;
    await ask(state.next, (old, data) => {
      const known = new Set(old.items.map((item) => item.id));
      return { ...old, items: [...old.items, ...data[name].filter((item) => !known.has(item.id))], next: data.next ?? null, problem: null };
    });
    now.current.busy = false;
  }, [state.next, name]);

  /** The first page again: what changed comes to the top, what no longer fits goes, the rest stays where one has read it. */
  const refresh = useCallback((changed) => ask(null, (old, data) => {
    const fresh = data[name];
    const ids = new Set(fresh.map((item) => item.id));
    const oldest = fresh.at(-1)?.[order] ?? '';
    const rest = (old.items ?? []).filter((item) => !ids.has(item.id) && !changed.has(item.id) && data.next && item[order] <= oldest);
    return { items: [...fresh, ...rest], next: rest.length ? old.next : data.next ?? null, problem: null, extra: data };
  }), [name, order]);

  return { ...state, more: state.next ? more : null, reload, refresh };
}
