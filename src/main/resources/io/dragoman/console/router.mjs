// SPDX-License-Identifier: Apache-2.0
// Where one is: #/screen/id?filter=value, so that a place can be bookmarked and passed on.
import { useEffect, useState } from './dom.mjs';

export function here() {
  const [path, search = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [screen = '', ...rest] = path.split('/').map(plain);
  return { screen: screen || 'overview', id: rest[0] ?? null, more: rest[1] ?? null, filter: Object.fromEntries(new URLSearchParams(search)) };
}

function plain(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

/** The address of a place. */
export function at(screen, id, filter = {}) {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const path = [screen, ...(id == null ? [] : [id])].map(encodeURIComponent).join('/');
  return `#/${path}${given.length ? `?${new URLSearchParams(given)}` : ''}`;
}

export function go(address, replace = false) {
  if (replace) {
    history.replaceState(null, '', address);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = address;
  }
}

export function useRoute() {
  const [route, setRoute] = useState(here);
  useEffect(() => {
    const moved = () => setRoute(here());
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  return route;
}
