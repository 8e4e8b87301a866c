-- SPDX-License-Identifier: Apache-2.0
-- The desks that have or had a conversation, each with its own id for it. conversation.desk_reference repeats that of
-- the desk which has it now.
CREATE TABLE conversation_desk(
  conversation TEXT NOT NULL REFERENCES conversation(id), desk TEXT NOT NULL, reference TEXT,
  PRIMARY KEY(conversation,desk)) ${strict};
CREATE INDEX conversation_desk_reference ON conversation_desk(desk,reference) WHERE reference IS NOT NULL;
INSERT INTO conversation_desk(conversation,desk,reference)
  SELECT id, desk, desk_reference FROM conversation WHERE desk IS NOT NULL;
