#!/usr/bin/env bash
# npm ical-generator 10.2.0 (11.1.2 too): an event's link is written as if it were text, so that another link arrives.
#
# RFC 5545 section 3.3.13: a value of type URI is written as it is, without backslashes; the comma and the semicolon are
# usual in links to maps. In URL and ATTACH of an event the library puts a backslash before both, and a reader that goes by
# the RFC keeps it: https://maps.example/?q=52.52,13.40 is opened as ?q=52.52\,13.40. The URL of the calendar itself is right,
# and links without a comma show nothing. npm ics 3.12.0 writes the same link whole. Both are read here by npm ical.js 2.2.1.
#
# Needs node, npm. Seen 2026-11-30 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund ical-generator@10.2.0 ics@3.12.0 ical.js@2.2.1 >/dev/null
cat >run.mjs <<'J'
import generate from 'ical-generator';
import { createEvent } from 'ics';
import ICAL from 'ical.js';
const url = 'https://maps.example/?q=52.52,13.40;zoom=15';
const file = 'https://files.example/offer,1.pdf';
const first = generate({ url });
first.createEvent({ start: new Date('2026-12-01T10:00:00Z'), summary: 'Visit', url, attachments: [file] });
const second = createEvent({ start: [2026, 12, 1, 10, 0], startInputType: 'utc', duration: { hours: 1 }, title: 'Visit', url });
const link = (text, name) => new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent').getFirstPropertyValue(name);
const seen = [
  new ICAL.Component(ICAL.parse(first.toString())).getFirstPropertyValue('url'),
  link(first.toString(), 'url'), link(first.toString(), 'attach'), link(second.value, 'url'),
];
const names = ['ical-generator, calendar', 'ical-generator, event', 'ical-generator, attachment', 'ics, event'];
seen.forEach((value, i) => console.log(`${names[i]}: ${value}`));
const expected = [url, String.raw`https://maps.example/?q=52.52\,13.40\;zoom=15`, String.raw`https://files.example/offer\,1.pdf`, url];
process.exit(JSON.stringify(seen) === JSON.stringify(expected) ? 0 : 1);
J
node run.mjs
