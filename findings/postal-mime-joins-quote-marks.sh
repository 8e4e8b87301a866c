#!/usr/bin/env bash
# npm postal-mime 4.0.0: quoted paragraphs of a format=flowed mail come out with ">" in the middle of their lines.
#
# RFC 3676 sections 4.4 and 4.5: a reader takes quote marks and stuffed blanks off every line first, then joins the lines
# that end with a blank, then shows the mark once. postal-mime joins the raw lines: "> Where is " and "> my parcel?"
# become "> Where is > my parcel?". The unquoted paragraphs beside them are right. What compares a quote with the mail
# that was sent finds no match, and who takes off one mark keeps the other. npm mailparser 3.14.2 joins them properly.
#
# Needs node, npm. Seen 2026-11-28 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund postal-mime@4.0.0 mailparser@3.14.2 >/dev/null
cat >run.mjs <<'J'
import PostalMime from 'postal-mime';
import { simpleParser } from 'mailparser';
const mail = ['From: ana@customer.example', 'Content-Type: text/plain; charset=utf-8; format=flowed', '',
  '> Where is ', '> my parcel?', 'It is on ', 'its way.', ''].join('\r\n');
const shown = { 'postal-mime': (await PostalMime.parse(mail)).text, mailparser: (await simpleParser(mail)).text };
for (const [name, text] of Object.entries(shown)) console.log(`${name}: ${JSON.stringify(text.trim())}`);
const still = shown['postal-mime'].trim() === '> Where is > my parcel?\nIt is on its way.'
  && shown.mailparser.trim() === '> Where is my parcel?\nIt is on its way.';
process.exit(still ? 0 : 1);
J
node run.mjs
