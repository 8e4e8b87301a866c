-- SPDX-License-Identifier: Apache-2.0
-- The last notice of a provider about each subject of an account, such as a template or a number.
CREATE TABLE account_notice(
  account TEXT NOT NULL, about TEXT NOT NULL, text TEXT NOT NULL, standing TEXT NOT NULL, at ${big} NOT NULL,
  PRIMARY KEY(account,about)) ${clustered};
