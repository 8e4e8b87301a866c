-- SPDX-License-Identifier: Apache-2.0
-- Polls that customers were asked. question is the name of the one that waits for an answer, null when all are answered;
-- sequence the place of the message that asked last; repeated whether that question was asked again already.
CREATE TABLE poll(
  id TEXT PRIMARY KEY, name TEXT NOT NULL, conversation TEXT NOT NULL REFERENCES conversation(id),
  account TEXT NOT NULL, language TEXT NOT NULL, question TEXT, sequence ${big} NOT NULL, repeated INTEGER NOT NULL,
  asked_at ${big} NOT NULL, done_at ${big}) ${strict};
CREATE INDEX poll_conversation ON poll(conversation);
CREATE INDEX poll_name ON poll(name,asked_at);
-- Of each question the last answer. place is that of the question in the poll; value is the title of a choice in the first language of the poll; correct is null where
-- there is no right one.
CREATE TABLE poll_answer(
  poll TEXT NOT NULL REFERENCES poll(id), question TEXT NOT NULL, place INTEGER NOT NULL, kind TEXT NOT NULL,
  value TEXT NOT NULL, choice INTEGER, correct INTEGER, answered_at ${big} NOT NULL, PRIMARY KEY(poll,question)) ${clustered};
