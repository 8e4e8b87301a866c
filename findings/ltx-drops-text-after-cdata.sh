#!/usr/bin/env bash
# npm ltx 3.1.2 (the XML of xmpp.js): text that stands behind a CDATA section, up to the next tag, is dropped.
#
# XML 1.0 section 2.7 lets a CDATA section stand wherever text may, with text around it, and RFC 6120 section 11.1 does not
# forbid it in XMPP. ltx begins to record text only behind a tag: what comes before the section and what is in it arrives,
# the rest of the sentence does not, and nothing tells of it. A body that is one CDATA section from end to end is whole,
# which is what most trials have. xmpp.js 0.14.0 (@xmpp/xml) hands on the cut body. npm saxes 6.0.0 reads it all.
#
# Needs node, npm. Seen 2026-11-30 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund ltx@3.1.2 @xmpp/xml@0.14.0 saxes@6.0.0 >/dev/null
cat >run.cjs <<'J'
const ltx = require('ltx');
const { Parser } = require('@xmpp/xml');
const { SaxesParser } = require('saxes');
const bodies = {
  'Size <![CDATA[<M>]]> please, and call me before six.': ['Size <M>', 'Size <M> please, and call me before six.'],
  '<![CDATA[Size <M> please]]>': ['Size <M> please', 'Size <M> please'],
};
const stanza = body => `<message xmlns='jabber:client'><body>${body}</body></message>`;
function ofXmppJs(text) {
  const parser = new Parser();
  let body;
  parser.on('element', message => { body = message.getChildText('body'); });
  parser.write(`<stream:stream xmlns:stream='http://etherx.jabber.org/streams'>${text}`);
  return body;
}
function ofSaxes(text) {
  const parser = new SaxesParser();
  let all = '';
  parser.on('text', part => { all += part; });
  parser.on('cdata', part => { all += part; });
  parser.write(text).close();
  return all;
}
let still = true;
for (const [body, [cut, whole]] of Object.entries(bodies)) {
  const seen = [ltx.parse(stanza(body)).getChildText('body'), ofXmppJs(stanza(body)), ofSaxes(stanza(body))];
  console.log(`${body}\n  ltx:     ${seen[0]}\n  xmpp.js: ${seen[1]}\n  saxes:   ${seen[2]}`);
  still &&= JSON.stringify(seen) === JSON.stringify([cut, cut, whole]);
}
process.exit(still ? 0 : 1);
J
node run.cjs
