-- SPDX-License-Identifier: Apache-2.0
-- When a conversation was closed; null while it is open. What was closed before has the time of its last change.
ALTER TABLE conversation ADD COLUMN closed_at ${big};
UPDATE conversation SET closed_at=updated_at WHERE status='closed';
