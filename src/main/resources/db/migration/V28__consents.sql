-- SPDX-License-Identifier: Apache-2.0
-- What customers consented to or withdrew, each time that they did; the last one of an address and a purpose counts. It goes
-- with the address, to whatever contact that belongs. source is how it was said, reason for people.
CREATE TABLE consent(
  channel TEXT NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL, purpose TEXT NOT NULL, at ${big} NOT NULL,
  given INTEGER NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY(channel,type,value,purpose,at)) ${clustered};
INSERT INTO consent(channel,type,value,purpose,at,given,source,reason)
  SELECT channel, type, value, 'service', opted_out_at, 0, 'channel', 'opted out before consents were kept by purpose'
  FROM identity WHERE opted_out_at IS NOT NULL;
ALTER TABLE identity DROP COLUMN opted_out_at;
