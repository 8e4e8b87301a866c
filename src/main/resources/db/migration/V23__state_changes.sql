-- SPDX-License-Identifier: Apache-2.0
-- When a conversation was closed and opened again, each time and in order; it begins open, at its created_at. What was
-- closed before this version has its last closing alone. Triggers write it, so that no way to close is left out.
CREATE TABLE state_change(
  conversation TEXT NOT NULL REFERENCES conversation(id), n INTEGER NOT NULL, status TEXT NOT NULL, at ${big} NOT NULL,
  PRIMARY KEY(conversation,n)) ${clustered};
INSERT INTO state_change(conversation,n,status,at)
  SELECT id, 1, 'closed', closed_at FROM conversation WHERE closed_at IS NOT NULL;
${statesKept}
