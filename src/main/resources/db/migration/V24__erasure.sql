-- SPDX-License-Identifier: Apache-2.0
-- The erasing of one person. The contact is named only until it is done; files are those that are still to be deleted, and
-- counts what was removed, as JSON text. erased_at is when the rows went, done_at when nothing was left in the files either.
CREATE TABLE erasure(
  id TEXT PRIMARY KEY, contact TEXT, begun_at ${big} NOT NULL, erased_at ${big}, done_at ${big}, files TEXT NOT NULL,
  counts TEXT NOT NULL) ${strict};
-- Of what was erased a late copy is known by a hash, with a salt that the first erasure makes.
CREATE TABLE erasure_salt(id INTEGER PRIMARY KEY, salt TEXT NOT NULL) ${strict};
CREATE TABLE erased_external(hash TEXT PRIMARY KEY) ${clustered};
