-- SPDX-License-Identifier: Apache-2.0
-- The list of conversations by last change is read from this index alone, whatever it is filtered by: it takes the place of
-- the one on the time, so that a change still rewrites one entry, of about 200 bytes instead of 45. ${listed} is what SQLite
-- filters by without the rows; PostgreSQL refuses long entries, and has the rows of a list in memory.
DROP INDEX conversation_recent;
CREATE INDEX conversation_recent ON conversation(updated_at, id${listed});

-- Which conversations changed, in order, for those who follow beside the work: one short row at the end of the table for each
-- conversation that a transaction changed. The last 100,000 are kept.
CREATE TABLE change(seq ${serial}, conversation TEXT NOT NULL) ${strict};
