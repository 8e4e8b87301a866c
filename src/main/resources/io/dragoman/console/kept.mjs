// SPDX-License-Identifier: Apache-2.0
// What was begun in a form is there again when a session ended in the middle of it and the same person logs in.
import { useEffect, useState } from './dom.mjs';
import { currentSession, onSession } from './api.mjs';

/** What one person wrote is there again for them alone. */
export function ofOnePerson() {
  const texts = new Map();
  let writer = currentSession()?.name;
  onSession((session, ended) => {
    if (session ? session.name !== writer : !ended) texts.clear();
    if (session) writer = session.name;
  });
  return texts;
}

const kept = ofOnePerson();

/** Like useState; of no secret, which is typed anew. Who leaves the form leaves it behind. */
export function useKept(key, first) {
  const [value, setValue] = useState(() => (kept.has(key) ? kept.get(key) : first));
  useEffect(() => { kept.set(key, value); }, [key, value]);
  useEffect(() => () => { if (currentSession()) kept.delete(key); }, [key]);
  return [value, setValue];
}
