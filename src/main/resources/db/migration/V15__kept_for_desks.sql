-- SPDX-License-Identifier: Apache-2.0
-- What a desk's connector keeps of a conversation for itself, such as the customer's id there: texts by name, as JSON.
ALTER TABLE conversation_desk ADD COLUMN kept TEXT;
