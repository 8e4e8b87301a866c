-- SPDX-License-Identifier: Apache-2.0
-- Chats that go on under another address: a group that became a supergroup.
CREATE TABLE moved_chat(
  channel TEXT NOT NULL, former TEXT NOT NULL, address TEXT NOT NULL, PRIMARY KEY(channel,former)) ${strict};
