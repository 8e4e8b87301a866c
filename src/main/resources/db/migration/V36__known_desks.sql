-- SPDX-License-Identifier: Apache-2.0
-- Which helpdesk each desk spoke to when it was last configured, and what was made for another before: while that waits,
-- the desk is paused.
CREATE TABLE known_desk(
  desk TEXT PRIMARY KEY, kind TEXT NOT NULL, place TEXT NOT NULL, held_kind TEXT, held_place TEXT) ${strict};
-- The ids that a desk had before it was renamed, until when: what it took and wrote under them, it took and wrote itself.
CREATE TABLE former_desk(
  desk TEXT NOT NULL, former TEXT NOT NULL, until ${big} NOT NULL, PRIMARY KEY(desk,former)) ${clustered};
