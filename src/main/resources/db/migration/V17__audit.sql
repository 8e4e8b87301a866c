-- SPDX-License-Identifier: Apache-2.0
-- Who did what, when and from where. It only grows: each store refuses to change or remove a line.
CREATE TABLE audit(
  id TEXT PRIMARY KEY, at ${big} NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, origin TEXT NOT NULL,
  action TEXT NOT NULL, target TEXT, detail TEXT) ${clustered};
CREATE INDEX audit_actor ON audit(actor, id);
CREATE INDEX audit_action ON audit(action, id);
${auditOnlyGrows}
