-- SPDX-License-Identifier: Apache-2.0
-- The last conversation of a thread, where none is open.
CREATE INDEX conversation_thread ON conversation(channel,thread,id);
