-- SPDX-License-Identifier: Apache-2.0
-- How often an account did what costs money, by the setting that limits it, since a day in UTC: the first of a day or
-- a month. Only the period under way has a row.
CREATE TABLE budget(
  account TEXT NOT NULL, name TEXT NOT NULL, since TEXT NOT NULL, used ${big} NOT NULL,
  PRIMARY KEY(account,name)) ${clustered};
