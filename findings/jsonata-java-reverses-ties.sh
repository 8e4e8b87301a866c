#!/usr/bin/env bash
# com.dashjoin:jsonata 0.9.10 (JSONata for Java): $sort with a function reverses the items that the function calls equal.
#
# The JavaScript original (npm jsonata 2.2.2) keeps equal items in their order, in $sort and in ^( ). The port keeps
# them only in ^( ); its $sort turns three messages of one second round. An expression that was tried with the original
# behaves otherwise in Java.
#
# Needs a JDK 17, mvn, node, npm. Seen 2026-11-28 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mvn -B -q dependency:copy -Dartifact=com.dashjoin:jsonata:0.9.10 -DoutputDirectory=lib >/dev/null
npm install --silent --no-audit --no-fund jsonata@2.2.2 >/dev/null
items='[{"n":"a","at":1},{"n":"b","at":1},{"n":"c","at":1}]'
printf '%s\n' "\$join(\$sort($items, function(\$l, \$r) { \$l.at > \$r.at }).n)" "\$join($items^(at).n)" >expressions
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
[ "$(paste -sd' ' java.txt)" = 'cba abc' ] && [ "$(paste -sd' ' npm.txt)" = 'abc abc' ]
