-- SPDX-License-Identifier: Apache-2.0
-- Whom a message names beside the customer and us (JSON text), and its author's address where that is not the customer.
ALTER TABLE message ADD COLUMN participants TEXT;
ALTER TABLE message ADD COLUMN author_address TEXT;
-- Whose copy an early receipt is about; null for the customer's.
ALTER TABLE early_receipt ADD COLUMN recipient TEXT;
