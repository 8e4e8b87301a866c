-- SPDX-License-Identifier: Apache-2.0
-- How far each partition of the inbox's topic was taken in, written together with what was. A topic that was made anew has
-- another id. Lost are records that the broker had deleted before they were taken in.
CREATE TABLE inbox_offset(
  topic_id TEXT NOT NULL, part INTEGER NOT NULL, topic TEXT NOT NULL, next_offset ${big} NOT NULL, leader_epoch INTEGER,
  lost ${big} NOT NULL, lost_at ${big}, updated_at ${big} NOT NULL,
  PRIMARY KEY(topic_id,part)) ${clustered};
