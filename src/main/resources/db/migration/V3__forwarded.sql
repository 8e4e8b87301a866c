-- SPDX-License-Identifier: Apache-2.0
-- Whose words a customer passed on; empty when the channel does not tell.
ALTER TABLE message ADD COLUMN forwarded TEXT;
