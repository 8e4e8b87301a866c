-- SPDX-License-Identifier: Apache-2.0
-- Whose data a shop wants erased, as JSON text, until its rows are gone: a row has this or a contact.
ALTER TABLE erasure ADD COLUMN told TEXT;
