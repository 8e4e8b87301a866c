#!/usr/bin/env bash
# npm @signalwire/web-api 3.1.7 (SignalWire's own check of webhooks): validateRequest answers true or throws for a form.
#
# Messaging webhooks are forms (application/x-www-form-urlencoded). Where the signature is right the function returns
# true. Where it is another's, as after a key was changed, it does not return false: it goes on to read the body as JSON,
# and ends with a SyntaxError. For a JSON body with a wrong signature it returns false. A handler that only looks at what
# is returned answers 500 to each forged or outdated webhook, which the sender repeats, in place of 401 or 403.
#
# Needs node and npm. Seen 2026-11-30 with node 20 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund @signalwire/web-api@3.1.7 >/dev/null
cat >run.js <<'J'
const { createHmac } = require('node:crypto');
const { validateRequest } = require('@signalwire/web-api');
const url = 'https://chat.example.com/hook';
const bodies = { form: 'MessageSid=SM1&From=%2B13125550001&Body=Hey', json: '{"MessageSid":"SM1","Body":"Hey"}' };
const sign = (key, body) => createHmac('sha1', key).update(url + body).digest('hex');
for (const [kind, body] of Object.entries(bodies)) {
  for (const key of ['ours', 'former']) {
    let said;
    try { said = validateRequest('ours', sign(key, body), url, body); } catch (e) { said = e.name; }
    console.log(`${kind}, signed with the ${key === 'ours' ? 'right' : 'former'} key: ${said}`);
  }
}
J
node run.js 2>/dev/null | tee said
[ "$(sed 's/.*: //' said | paste -sd' ')" = 'true SyntaxError true false' ]
