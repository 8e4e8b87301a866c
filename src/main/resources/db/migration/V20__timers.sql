-- SPDX-License-Identifier: Apache-2.0
-- What is to happen in a conversation at a time, unless it is cancelled before. One that has fired has no row: in its
-- place is the event that it became, written in the same transaction. event is what set it.
CREATE TABLE timer(
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, due_at ${big} NOT NULL,
  conversation TEXT NOT NULL REFERENCES conversation(id), contact TEXT, payload TEXT NOT NULL, event TEXT NOT NULL,
  set_at ${big} NOT NULL) ${strict};
CREATE INDEX timer_due ON timer(due_at,id);
CREATE INDEX timer_conversation ON timer(conversation,kind);
