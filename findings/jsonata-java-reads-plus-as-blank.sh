#!/usr/bin/env bash
# com.dashjoin:jsonata 0.9.10 (JSONata for Java): $decodeUrlComponent and $decodeUrl make a blank of "+".
#
# The JavaScript original (npm jsonata 2.2.2) decodes as RFC 3986 has it: "+" is a character like others, a blank is %20.
# It is a blank in forms alone, and the port decodes with Java's class for forms. "tel:+49..." comes out without its plus
# sign, and of ana+shop@customer.example in a mailto link no address is left. With
# numbers and addresses without "+" both agree. The port's own $encodeUrlComponent writes %2B, so there and back is right.
#
# Needs a JDK 17, mvn, node, npm. Seen 2026-11-30 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mvn -B -q dependency:copy -Dartifact=com.dashjoin:jsonata:0.9.10 -DoutputDirectory=lib >/dev/null
npm install --silent --no-audit --no-fund jsonata@2.2.2 >/dev/null
printf '%s\n' '$decodeUrlComponent("tel:+4915100000001")' '$decodeUrl("mailto:ana+shop@customer.example?subject=my%20order")' \
  '$decodeUrlComponent($encodeUrlComponent("+4915100000001"))' >expressions
cat >Run.java <<'J'
import com.dashjoin.jsonata.Jsonata;
import java.nio.file.*;

public class Run {
  public static void main(String[] args) throws Exception {
    for (String expression : Files.readAllLines(Path.of("expressions"))) {
      System.out.println(Jsonata.jsonata(expression).evaluate(null));
    }
  }
}
J
cat >run.js <<'J'
const jsonata = require('jsonata');
const lines = require('fs').readFileSync('expressions', 'utf8').trim().split('\n');
(async () => { for (const line of lines) console.log(await jsonata(line).evaluate(undefined)); })();
J
java -cp 'lib/*' Run.java >java.txt
node run.js >npm.txt
paste expressions java.txt npm.txt | awk -F '\t' '{ print $1; print "  Java: " $2; print "  npm:  " $3 }'
[ "$(cat java.txt)" = $'tel: 4915100000001\nmailto:ana shop@customer.example?subject=my order\n+4915100000001' ] \
  && [ "$(cat npm.txt)" = $'tel:+4915100000001\nmailto:ana+shop@customer.example?subject=my order\n+4915100000001' ]
