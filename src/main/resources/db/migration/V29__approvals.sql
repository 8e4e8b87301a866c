-- SPDX-License-Identifier: Apache-2.0
-- Answers that wait until somebody approves them. The id is that of the message that an answer becomes; event is what it
-- follows, parts are JSON. One that is decided stays, with who decided.
CREATE TABLE approval(
  id TEXT PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversation(id), author_kind TEXT NOT NULL, author TEXT,
  reply_to TEXT, parts TEXT NOT NULL, event TEXT NOT NULL, asked_at ${big} NOT NULL, expires_at ${big} NOT NULL,
  state TEXT NOT NULL CHECK(state IN('WAITING','APPROVED','REFUSED','EXPIRED')), decided_at ${big}, decided_by TEXT) ${strict};
CREATE INDEX approval_conversation ON approval(conversation);
CREATE INDEX approval_state ON approval(state,id);
CREATE INDEX approval_event ON approval(event);
