// SPDX-License-Identifier: Apache-2.0
// Elements without HTML: el('p.note', { lang }, text) makes <p class="note" lang>, and text stays text whoever wrote it.
import { h } from 'preact';

export { Fragment, render } from 'preact';
export { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

/** An element or component; its properties may be left out. */
export function el(kind, ...rest) {
  const hasProps = rest.length > 0 && rest[0] !== null && typeof rest[0] === 'object' && rest[0].constructor === Object;
  const props = hasProps ? { ...rest[0] } : {};
  const children = hasProps ? rest.slice(1) : rest;
  if (typeof kind !== 'string') return h(kind, props, ...children);
  const [name, ...classes] = kind.split('.');
  const all = [...classes, props.class].filter(Boolean).join(' ');
  if (all) props.class = all;
  return h(name, props, ...children);
}
