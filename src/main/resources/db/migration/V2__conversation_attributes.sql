-- SPDX-License-Identifier: Apache-2.0
-- Who of the team has a conversation, and what is kept about it by name (JSON text).
ALTER TABLE conversation ADD COLUMN assignee TEXT;
ALTER TABLE conversation ADD COLUMN attributes TEXT NOT NULL DEFAULT '{}';
