-- SPDX-License-Identifier: Apache-2.0
-- Pieces of messages that wait for the others, as JSON text, by the channel and the sender; since is when the first came.
CREATE TABLE waiting_piece(
  source TEXT NOT NULL, lane TEXT NOT NULL, since ${big} NOT NULL, pieces TEXT NOT NULL,
  PRIMARY KEY(source,lane)) ${strict};
CREATE INDEX waiting_piece_since ON waiting_piece(since);
