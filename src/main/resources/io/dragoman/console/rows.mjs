// SPDX-License-Identifier: Apache-2.0
// A list of any length of which only what can be seen is in the page. One row can be reached by Tab, the others by arrows.
import { el, useEffect, useLayoutEffect, useRef, useState } from './dom.mjs';

const BEYOND = 8;

/**
 * @param items what is known so far
 * @param size the height of a row, in px
 * @param row (item) => [properties of its link, ...children]
 * @param more asks for the next ones; null when there are none
 */
export function Rows({ label, items, size, row, more, current = null, keyOf = (item) => item.id }) {
  const box = useRef(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [active, setActive] = useState(null);
  const wanted = useRef(null);
  const look = () => setView({ top: box.current.scrollTop, height: box.current.clientHeight });

  useEffect(() => {
    look();
    const watch = new ResizeObserver(look);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);

  const first = Math.max(0, Math.floor(view.top / size) - BEYOND);
  const last = Math.min(items.length, Math.ceil((view.top + view.height) / size) + BEYOND);
  useEffect(() => { if (more && last >= items.length - BEYOND) more(); }, [last, items.length, more]);

  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const link = box.current.querySelector(`[data-at="${wanted.current}"]`);
    if (link) { link.focus({ preventScroll: true }); wanted.current = null; }
  });

  const index = (key) => items.findIndex((item) => keyOf(item) === key);
  const tab = Math.max(first, index(active) >= first && index(active) < last ? index(active)
    : index(current) >= first && index(current) < last ? index(current) : first);

  const move = (event) => {
    const from = index(active) < 0 ? tab : index(active);
    const page = Math.max(1, Math.floor(view.height / size) - 1);
    const to = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + page, PageUp: from - page, Home: 0, End: items.length - 1,
      j: from + 1, k: from - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = Math.min(items.length - 1, Math.max(0, to));
    setActive(keyOf(items[next]));
    wanted.current = next;
    const list = box.current;
    if (next * size < list.scrollTop) list.scrollTop = next * size;
    if ((next + 1) * size > list.scrollTop + list.clientHeight) list.scrollTop = (next + 1) * size - list.clientHeight;
    look();
  };

  return el('div.rows', { ref: box, onScroll: look, onKeyDown: move },
    el('ul', { 'aria-label': label, style: { blockSize: `${items.length * size}px` } },
      items.slice(first, last).map((item, i) => {
        const at = first + i;
        const [properties, ...children] = row(item);
        return el('li', { key: keyOf(item), 'aria-setsize': more ? -1 : items.length, 'aria-posinset': at + 1,
          style: { insetBlockStart: `${at * size}px`, blockSize: `${size}px` } },
        el('a', { ...properties, 'data-at': at, tabIndex: at === tab ? 0 : -1, onFocus: () => setActive(keyOf(item)),
          'aria-current': keyOf(item) === current ? 'true' : undefined }, ...children));
      })));
}
