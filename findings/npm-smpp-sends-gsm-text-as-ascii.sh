#!/usr/bin/env bash
# npm smpp 0.6.0-rc.4 (0.5.1 too): text in the GSM alphabet goes out with data_coding 1, and ASCII that comes in is read as GSM.
#
# SMPP 3.4 section 5.2.19 has 1 for IA5 or ASCII and 0 for the centre's own alphabet. The library calls the GSM alphabet
# ASCII, and so its number is 1: a centre that goes by the specification reads "$" as a control character and "@" as NUL.
# The other way a centre's ASCII arrives with "$" as "¤" and "@" as "¡". Letters and digits have the same numbers in both
# alphabets, so a first test with "hello" shows nothing. With data_coding: 0 what is sent is right; what comes in as 1
# has to be taken as bytes.
#
# Needs node, npm. Seen 2026-11-28 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund smpp@0.6.0-rc.4 >/dev/null
cat >run.js <<'J'
const { PDU } = require('smpp');
const text = 'Pay $5 to shop@mail.example [A_1]';
const visible = bytes => bytes.toString('latin1').replace(/[^ -~]/g, c => `<${c.charCodeAt(0).toString(16).padStart(2, '0')}>`);

// Out: the last field of submit_sm is its text, after one octet of length; the octet of data_coding stands two before
const raw = new PDU('submit_sm', { destination_addr: '4915100000001', short_message: text }).toBuffer();
const length = raw.lastIndexOf(Buffer.from('Pay ')) - 1;
const sent = visible(raw.subarray(length + 1));
console.log(`sent as data_coding ${raw[length - 2]}: ${sent}`);

// In: a centre's ASCII
const wire = new PDU('deliver_sm', { data_coding: 1, short_message: Buffer.from(text, 'ascii') }).toBuffer();
const read = new PDU(wire).short_message.message;
console.log(`"${text}" with data_coding 1 is read as: ${read}`);
process.exit(raw[length - 2] === 1 && sent === 'Pay <02>5 to shop<00>mail.example <1b><A<11>1<1b>>' && read.startsWith('Pay ¤5 to shop¡') ? 0 : 1);
J
node run.js
