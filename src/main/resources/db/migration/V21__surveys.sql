-- SPDX-License-Identifier: Apache-2.0
-- Surveys that were sent, with the last answer of each. scale is the least and the greatest score; agent is who had the
-- conversation when it was sent; version names the wording.
CREATE TABLE survey(
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, version TEXT NOT NULL, scale TEXT NOT NULL,
  conversation TEXT NOT NULL REFERENCES conversation(id), contact TEXT NOT NULL, account TEXT NOT NULL,
  language TEXT NOT NULL, agent TEXT, message TEXT NOT NULL, sequence ${big} NOT NULL, sent_at ${big} NOT NULL,
  delivered_at ${big}, answered_at ${big}, score INTEGER, comment TEXT, state TEXT NOT NULL) ${strict};
CREATE INDEX survey_contact ON survey(contact,sent_at);
CREATE INDEX survey_conversation ON survey(conversation);
CREATE INDEX survey_message ON survey(message);
CREATE INDEX survey_sent ON survey(sent_at);
