-- SPDX-License-Identifier: Apache-2.0
-- What an ignored event was, in one word; null for what was ignored before. The index has all that is counted.
ALTER TABLE event ADD COLUMN kind TEXT;
CREATE INDEX event_ignored ON event(received_at,source,kind,id) WHERE state='IGNORED';
