-- SPDX-License-Identifier: Apache-2.0
-- What one address of a channel with paths of its own has to read, in order. Its seq comes from the head, whose row is
-- locked until the commit, so that seqs become visible in their order. moved_to names where an address's feed goes on.
CREATE TABLE feed_head(
  channel TEXT NOT NULL, address TEXT NOT NULL, last_seq ${big} NOT NULL, moved_to TEXT,
  PRIMARY KEY(channel,address)) ${clustered};
CREATE TABLE feed(
  channel TEXT NOT NULL, address TEXT NOT NULL, seq ${big} NOT NULL, key TEXT NOT NULL, content TEXT NOT NULL,
  at ${big} NOT NULL, PRIMARY KEY(channel,address,seq)) ${clustered};
CREATE UNIQUE INDEX feed_key ON feed(channel,address,key);
