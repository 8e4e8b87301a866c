-- SPDX-License-Identifier: Apache-2.0
-- The last conversation of a thread, where none is open.
CREATE INDEX conversation_thread ON conversation(channel,thread,id);

-- The time of the last change stood in this one too, so that each message rewrote a page of it; a person has few.
DROP INDEX conversation_contact;
CREATE INDEX conversation_contact ON conversation(contact);

-- Small rows that are looked up by their key alone stand in its index, where SQLite kept each key twice: ${clustered} is
-- WITHOUT ROWID, STRICT or nothing.
CREATE TABLE external_by_key(
  channel TEXT NOT NULL, external_id TEXT NOT NULL, message TEXT NOT NULL REFERENCES message(id),
  PRIMARY KEY(channel,external_id)) ${clustered};
INSERT INTO external_by_key SELECT channel,external_id,message FROM external;
DROP TABLE external;
ALTER TABLE external_by_key RENAME TO external;
CREATE INDEX external_message ON external(message);

CREATE TABLE attempt_by_key(
  delivery TEXT NOT NULL REFERENCES delivery(id), n INTEGER NOT NULL, step INTEGER NOT NULL, started_at ${big} NOT NULL,
  ended_at ${big}, outcome TEXT, reason TEXT, detail TEXT, external_id TEXT, PRIMARY KEY(delivery,n)) ${clustered};
INSERT INTO attempt_by_key SELECT delivery,n,step,started_at,ended_at,outcome,reason,detail,external_id FROM attempt;
DROP TABLE attempt;
ALTER TABLE attempt_by_key RENAME TO attempt;

CREATE TABLE decision_by_key(event TEXT PRIMARY KEY REFERENCES event(id), content TEXT NOT NULL) ${clustered};
INSERT INTO decision_by_key SELECT event,content FROM decision;
DROP TABLE decision;
ALTER TABLE decision_by_key RENAME TO decision;

-- A lane has a row only while something waits in it, is under way, or it is paused.
CREATE TABLE lane_by_name(
  lane TEXT PRIMARY KEY, kind TEXT NOT NULL, flow TEXT NOT NULL, bulk INTEGER NOT NULL, next_seq ${big} NOT NULL,
  open ${big} NOT NULL, ready_at ${big}, owner TEXT, lease_until ${big} NOT NULL DEFAULT 0,
  epoch ${big} NOT NULL DEFAULT 0, paused TEXT) ${clustered};
INSERT INTO lane_by_name SELECT lane,kind,flow,bulk,next_seq,open,ready_at,owner,lease_until,epoch,paused FROM lane
  WHERE open>0 OR paused IS NOT NULL;
DROP TABLE lane;
ALTER TABLE lane_by_name RENAME TO lane;
CREATE INDEX lane_ready ON lane(kind,flow,bulk,ready_at) WHERE ready_at IS NOT NULL AND paused IS NULL;
