-- SPDX-License-Identifier: Apache-2.0
-- Surveys that were sent, with the last answer of each. scale is the least and the greatest score; agent is who had the
-- conversation when it was sent; version names the wording.
CREATE TABLE surveys(
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, version TEXT NOT NULL, scale TEXT NOT NULL,
  conversation TEXT NOT NULL REFERENCES conversation(id), contact TEXT NOT NULL, account TEXT NOT NULL,
  language TEXT NOT NULL, agent TEXT, message TEXT NOT NULL, sequence ${big} NOT NULL, sent_at ${big} NOT NULL,
  delivered_at ${big}, answered_at ${big}, score INTEGER, comment TEXT, state TEXT NOT NULL) ${strict};
CREATE INDEX surveys_contact ON surveys(contact,sent_at);
CREATE INDEX surveys_conversation ON surveys(conversation);
CREATE INDEX surveys_message ON surveys(message);
CREATE INDEX surveys_sent ON surveys(sent_at);
