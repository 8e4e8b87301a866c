-- SPDX-License-Identifier: Apache-2.0
-- One text for both stores: ${big} is INTEGER or BIGINT, ${blob} BLOB or BYTEA, ${strict} STRICT or nothing.
-- Ids are UUIDv7 text, times epoch milliseconds UTC, lists and records JSON text.

-- What arrived, byte for byte.
CREATE TABLE raw(
  id TEXT PRIMARY KEY, source TEXT NOT NULL, origin TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
  query TEXT NOT NULL, headers TEXT NOT NULL, body ${blob}, body_file TEXT, body_sha256 TEXT NOT NULL,
  received_at ${big} NOT NULL) ${strict};

-- The inbox. seq is the place in the lane; only open events need the index. begun counts starts since the last one
-- whose end was recorded: more than one says that the process ended during the work.
CREATE TABLE event(
  id TEXT PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, raw TEXT NOT NULL REFERENCES raw(id),
  lane TEXT NOT NULL, seq ${big} NOT NULL, type TEXT NOT NULL, content TEXT NOT NULL, received_at ${big} NOT NULL,
  state TEXT NOT NULL CHECK(state IN('NEW','DONE','IGNORED','DEAD')), attempts INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0, begun INTEGER NOT NULL DEFAULT 0, replays INTEGER NOT NULL DEFAULT 0,
  reason TEXT, duplicates INTEGER NOT NULL DEFAULT 0, differing INTEGER NOT NULL DEFAULT 0, done_at ${big},
  UNIQUE(source,key)) ${strict};
CREATE UNIQUE INDEX event_open ON event(lane,seq) WHERE state='NEW';
CREATE INDEX event_dead ON event(source,id) WHERE state='DEAD';

-- Queues of work that must happen in order. ready_at is null when a lane is empty. flow names whose work it is, for
-- fairness: the source of events, or target/channel of deliveries; bulk work waits behind live work.
CREATE TABLE lane(
  lane TEXT PRIMARY KEY, kind TEXT NOT NULL, flow TEXT NOT NULL, bulk INTEGER NOT NULL, next_seq ${big} NOT NULL,
  open ${big} NOT NULL, ready_at ${big}, owner TEXT, lease_until ${big} NOT NULL DEFAULT 0,
  epoch ${big} NOT NULL DEFAULT 0, paused TEXT) ${strict};
CREATE INDEX lane_ready ON lane(kind,flow,bulk,ready_at) WHERE ready_at IS NOT NULL AND paused IS NULL;
-- Channels and desks to which nothing goes out for now.
CREATE TABLE pause(target TEXT PRIMARY KEY, reason TEXT NOT NULL, at ${big} NOT NULL) ${strict};
-- Gateways at work on this store, where it is shared.
CREATE TABLE peer(owner TEXT PRIMARY KEY, seen_at ${big} NOT NULL) ${strict};

CREATE TABLE contact(
  id TEXT PRIMARY KEY, name TEXT, language TEXT, tags TEXT NOT NULL, created_at ${big} NOT NULL) ${strict};
CREATE TABLE identity(
  channel TEXT NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL, contact TEXT NOT NULL REFERENCES contact(id),
  verified INTEGER NOT NULL, place INTEGER NOT NULL, opted_out_at ${big}, PRIMARY KEY(channel,type,value)) ${strict};
CREATE INDEX identity_contact ON identity(contact);

-- thread tells open conversations of a channel apart: one for each contact, group chat or mail thread.
CREATE TABLE conversation(
  id TEXT PRIMARY KEY, channel TEXT NOT NULL, kind TEXT NOT NULL, thread TEXT NOT NULL,
  contact TEXT NOT NULL REFERENCES contact(id), address TEXT NOT NULL, subject TEXT, status TEXT NOT NULL,
  team TEXT, tags TEXT NOT NULL, priority TEXT NOT NULL, language TEXT, desk TEXT, desk_reference TEXT,
  reply_until ${big}, next_sequence ${big} NOT NULL DEFAULT 1, version ${big} NOT NULL DEFAULT 0,
  created_at ${big} NOT NULL, updated_at ${big} NOT NULL, previous TEXT) ${strict};
CREATE UNIQUE INDEX conversation_open ON conversation(channel,thread) WHERE status='open';
CREATE INDEX conversation_contact ON conversation(contact,updated_at);
CREATE INDEX conversation_recent ON conversation(updated_at);

CREATE TABLE message(
  id TEXT PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversation(id), sequence ${big} NOT NULL,
  direction TEXT NOT NULL, author_kind TEXT NOT NULL, author_name TEXT, sent_at ${big} NOT NULL,
  received_at ${big} NOT NULL, reply_to TEXT, parts TEXT NOT NULL, status TEXT, reason TEXT, edited_at ${big},
  deleted_at ${big}, UNIQUE(conversation,sequence)) ${strict};
-- The channel's ids of a message: one for each step that a long one was sent in.
CREATE TABLE external(
  channel TEXT NOT NULL, external_id TEXT NOT NULL, message TEXT NOT NULL REFERENCES message(id),
  PRIMARY KEY(channel,external_id)) ${strict};
CREATE INDEX external_message ON external(message);
-- Receipts that came before their message's id was known.
CREATE TABLE early_receipt(
  event TEXT PRIMARY KEY, channel TEXT NOT NULL, external_id TEXT NOT NULL, status TEXT NOT NULL, reason TEXT,
  detail TEXT, at ${big} NOT NULL) ${strict};
CREATE INDEX early_receipt_id ON early_receipt(channel,external_id);
-- Edits, deletions and reactions that came before their message, in the order of their ids.
CREATE TABLE early_news(
  channel TEXT NOT NULL, external_id TEXT NOT NULL, event TEXT NOT NULL,
  PRIMARY KEY(channel,external_id,event)) ${strict};

CREATE TABLE media(
  id TEXT PRIMARY KEY, message TEXT NOT NULL REFERENCES message(id), raw TEXT, part TEXT NOT NULL,
  state TEXT NOT NULL CHECK(state IN('PENDING','STORED','FAILED')), sha256 TEXT, size ${big}, mime_type TEXT,
  file_name TEXT, reason TEXT) ${strict};
CREATE INDEX media_message ON media(message);

CREATE TABLE decision(event TEXT PRIMARY KEY REFERENCES event(id), content TEXT NOT NULL) ${strict};
CREATE TABLE auto_reply(
  message TEXT PRIMARY KEY, contact TEXT NOT NULL, conversation TEXT NOT NULL, at ${big} NOT NULL) ${strict};
CREATE INDEX auto_reply_at ON auto_reply(at);
CREATE INDEX auto_reply_contact ON auto_reply(contact,at);

-- The outbox. key is a stable function of the cause, so that the same cause never enqueues twice. since is when the
-- deadline began to run, base how many attempts were made before that; unsure is 1 while it is unknown whether the step
-- went out; crashes counts attempts in a row that ended with the process.
CREATE TABLE delivery(
  id TEXT PRIMARY KEY, lane TEXT NOT NULL, seq ${big} NOT NULL, target TEXT NOT NULL, kind TEXT NOT NULL,
  key TEXT NOT NULL, event TEXT NOT NULL, message TEXT, conversation TEXT NOT NULL, payload TEXT NOT NULL,
  step INTEGER NOT NULL DEFAULT 0, steps INTEGER NOT NULL DEFAULT 1, automatic INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK(state IN('READY','SENDING','RETRY','UNCERTAIN','DELIVERED','DEAD','CANCELLED')),
  attempts INTEGER NOT NULL DEFAULT 0, base INTEGER NOT NULL DEFAULT 0, unsure INTEGER NOT NULL DEFAULT 0,
  crashes INTEGER NOT NULL DEFAULT 0, next_at ${big} NOT NULL, since ${big} NOT NULL, reason TEXT, detail TEXT,
  created_at ${big} NOT NULL, done_at ${big}, UNIQUE(target,key)) ${strict};
CREATE UNIQUE INDEX delivery_open ON delivery(lane,seq) WHERE state IN('READY','SENDING','RETRY');
CREATE INDEX delivery_message ON delivery(message);
CREATE INDEX delivery_event ON delivery(event);
CREATE INDEX delivery_trouble ON delivery(state,id) WHERE state IN('DEAD','UNCERTAIN');
CREATE INDEX delivery_retry ON delivery(target) WHERE state='RETRY';
CREATE TABLE attempt(
  delivery TEXT NOT NULL REFERENCES delivery(id), n INTEGER NOT NULL, step INTEGER NOT NULL, started_at ${big} NOT NULL,
  ended_at ${big}, outcome TEXT, reason TEXT, detail TEXT, external_id TEXT, PRIMARY KEY(delivery,n)) ${strict};

-- How far each polled account was read, and which gateway reads it now.
CREATE TABLE cursor(
  source TEXT PRIMARY KEY, position TEXT NOT NULL, updated_at ${big} NOT NULL, owner TEXT,
  lease_until ${big} NOT NULL DEFAULT 0) ${strict};
