-- SPDX-License-Identifier: Apache-2.0
-- What a desk's connector keeps of a conversation for itself, such as the customer's id there: texts by name, as JSON.
ALTER TABLE conversation_desk ADD COLUMN kept TEXT;
-- A desk's other references of a conversation: of tickets that were merged, moved or are gone.
CREATE TABLE former_reference(
  conversation TEXT NOT NULL, desk TEXT NOT NULL, reference TEXT NOT NULL, at ${big} NOT NULL,
  PRIMARY KEY(conversation,desk,reference),
  FOREIGN KEY(conversation,desk) REFERENCES conversation_desk(conversation,desk)) ${clustered};
CREATE INDEX former_reference_of ON former_reference(desk,reference);
