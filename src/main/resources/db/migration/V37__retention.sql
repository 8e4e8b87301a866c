-- SPDX-License-Identifier: Apache-2.0
-- Files whose rows went by age, by their SHA-256; each goes next, unless somebody else sent the same bytes.
CREATE TABLE unused_file(sha256 TEXT PRIMARY KEY) ${clustered};
CREATE INDEX media_file ON media(sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX media_pending ON media(raw) WHERE state='PENDING';
CREATE INDEX raw_body_file ON raw(body_file) WHERE body_file IS NOT NULL;
