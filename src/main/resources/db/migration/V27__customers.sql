-- SPDX-License-Identifier: Apache-2.0
-- What is known of a contact under names of the business's own. source says who said so; copied_from is the contact that
-- was merged into this one and had it.
CREATE TABLE contact_attribute(
  contact TEXT NOT NULL REFERENCES contact(id), name TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL,
  at ${big} NOT NULL, copied_from TEXT, PRIMARY KEY(contact,name)) ${clustered};
-- Orders in shops, as the shop of an account told them last. They belong to an address rather than to a contact, for most
-- people buy before they write: whoever has that address for sure has the order. content is JSON text.
CREATE TABLE customer_order(
  account TEXT NOT NULL, external_id TEXT NOT NULL, email TEXT, phone TEXT, at ${big} NOT NULL, changed_at ${big} NOT NULL,
  content TEXT NOT NULL, PRIMARY KEY(account,external_id)) ${strict};
CREATE INDEX customer_order_email ON customer_order(email,at);
CREATE INDEX customer_order_phone ON customer_order(phone,at);
-- What an account knew of an address when it was asked; attributes is JSON text, {} where it knew nothing.
CREATE TABLE looked_up(
  account TEXT NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL, found INTEGER NOT NULL, attributes TEXT NOT NULL,
  at ${big} NOT NULL, PRIMARY KEY(account,type,value)) ${clustered};
CREATE INDEX looked_up_address ON looked_up(type,value);
-- An address is looked for on all channels.
CREATE INDEX identity_value ON identity(type,value);
