-- SPDX-License-Identifier: Apache-2.0
-- The last hand-over of a conversation that a bot had since it was opened: which bot had it first, and why it went on.
CREATE TABLE bot_hand_over(
  conversation TEXT PRIMARY KEY, bot TEXT NOT NULL, desk TEXT NOT NULL, reason TEXT NOT NULL, at ${big} NOT NULL) ${clustered};
