-- SPDX-License-Identifier: Apache-2.0
-- Whom a message names beside the customer and us (JSON text), and its author's address where that is not the customer.
ALTER TABLE message ADD COLUMN participants TEXT;
ALTER TABLE message ADD COLUMN author_address TEXT;
-- Whose copy an early receipt is about; null for the customer's.
ALTER TABLE early_receipt ADD COLUMN recipient TEXT;
-- Contacts that turned out to be one person. What was moved (JSON text) can be moved back.
ALTER TABLE contact ADD COLUMN merged_into TEXT;
CREATE TABLE contact_merge(
  id TEXT PRIMARY KEY, survivor TEXT NOT NULL REFERENCES contact(id), merged TEXT NOT NULL REFERENCES contact(id),
  why TEXT NOT NULL, at ${big} NOT NULL, moved TEXT NOT NULL, undone_at ${big}) ${strict};
CREATE UNIQUE INDEX contact_merge_standing ON contact_merge(merged) WHERE undone_at IS NULL;
CREATE INDEX contact_merge_survivor ON contact_merge(survivor);
