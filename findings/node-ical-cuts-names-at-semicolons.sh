#!/usr/bin/env bash
# npm node-ical 0.27.2: a parameter in quotes ends at the first semicolon, and an escaped backslash before n becomes a
# backslash and a line break.
#
# RFC 5545 section 3.2: in a quoted parameter ";", ":" and "," belong to the value; section 3.3.11: two backslashes are
# one, whatever letter follows. node-ical makes CN="Silva; Ana" into the name "Silva with a quote before it and none
# behind. An answer to an invitation carries the attendee's name in just this form. npm ical.js 2.2.1 reads both.
#
# Needs node, npm. Seen 2026-11-28 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund node-ical@0.27.2 ical.js@2.2.1 >/dev/null
cat >answer.ics <<'I'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//customer.example//1//EN
METHOD:REPLY
BEGIN:VEVENT
UID:1@shop.example
DTSTAMP:20261128T090000Z
DTSTART:20261201T100000Z
ORGANIZER:mailto:support@shop.example
ATTENDEE;PARTSTAT=ACCEPTED;CN="Silva; Ana":mailto:ana@customer.example
SUMMARY:files in \\new
END:VEVENT
END:VCALENDAR
I
sed -i 's/$/\r/' answer.ics
cat >run.mjs <<'J'
import { readFileSync } from 'node:fs';
import ical from 'node-ical';
import ICAL from 'ical.js';
const text = readFileSync('answer.ics', 'utf8');
const event = Object.values(ical.sync.parseICS(text)).find(part => part.type === 'VEVENT');
const other = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent');
const seen = JSON.stringify([event.attendee.params.CN, event.summary]);
const right = JSON.stringify([other.getFirstProperty('attendee').getParameter('cn'), other.getFirstPropertyValue('summary')]);
console.log(`node-ical: ${seen}\nical.js:   ${right}`);
process.exit(seen === String.raw`["\"Silva","files in \\\new"]` && right === String.raw`["Silva; Ana","files in \\new"]` ? 0 : 1);
J
node run.mjs
