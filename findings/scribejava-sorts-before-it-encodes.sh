#!/usr/bin/env bash
# com.github.scribejava:scribejava-core 8.3.3: the base string of an OAuth 1.0a signature has its parameters in the order
# of their plain names, not of the encoded ones, so that a request with a name outside ASCII gets another signature.
#
# RFC 5849 section 3.4.1.3.2: names and values are encoded first (step 1) and sorted then, as bytes (step 2). "é" is
# %C3%A9 and comes before "z"; plain, it comes after. npm oauth-1.0a 2.2.6 follows the RFC. A server that does so too
# refuses the signature, and no request with ASCII names shows it.
#
# Needs a JDK 17, mvn, node, npm. Seen 2026-11-30 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mvn -B -q dependency:copy -Dartifact=com.github.scribejava:scribejava-core:8.3.3 -DoutputDirectory=lib >/dev/null
npm install --silent --no-audit --no-fund oauth-1.0a@2.2.6 >/dev/null
cat >Base.java <<'J'
import com.github.scribejava.core.extractors.BaseStringExtractorImpl;
import com.github.scribejava.core.model.OAuthRequest;
import com.github.scribejava.core.model.Verb;

public class Base {
  public static void main(String[] args) {
    OAuthRequest request = new OAuthRequest(Verb.GET, "https://api.example/items");
    request.addQuerystringParameter("z", "2");
    request.addQuerystringParameter("\u00e9", "1");
    request.addOAuthParameter("oauth_nonce", "n");
    System.out.println(new BaseStringExtractorImpl().extract(request));
  }
}
J
cat >base.js <<'J'
const OAuth = require('oauth-1.0a');
const oauth = OAuth({ consumer: { key: 'k', secret: 's' } });
const request = { method: 'GET', url: 'https://api.example/items', data: { z: '2', é: '1' } };
console.log(oauth.getBaseString(request, { oauth_nonce: 'n' }));
J
java -cp 'lib/*' Base.java >java.txt
node base.js >npm.txt
paste -d '\n' java.txt npm.txt
[ "$(cat java.txt)" = 'GET&https%3A%2F%2Fapi.example%2Fitems&oauth_nonce%3Dn%26z%3D2%26%25C3%25A9%3D1' ] \
  && [ "$(cat npm.txt)" = 'GET&https%3A%2F%2Fapi.example%2Fitems&%25C3%25A9%3D1%26oauth_nonce%3Dn%26z%3D2' ]
