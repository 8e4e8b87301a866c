-- SPDX-License-Identifier: Apache-2.0
-- Whoever polls an account names the epoch of its turn with each position: who was taken for gone moves it no more.
-- lease_until is of versions before, and stays until none of them can be at work beside this one.
ALTER TABLE cursor ADD COLUMN epoch ${big} NOT NULL DEFAULT 0;
