-- SPDX-License-Identifier: Apache-2.0
-- What customers reacted to a message with last; a reaction that was taken back has no row.
CREATE TABLE reaction(
  message TEXT PRIMARY KEY REFERENCES message(id), emoji TEXT NOT NULL, at ${big} NOT NULL) ${strict};
