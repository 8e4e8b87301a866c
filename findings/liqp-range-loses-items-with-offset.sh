#!/usr/bin/env bash
# liqp 0.9.2.3 (Liquid for Java): in a for loop over a range, limit and offset together give too few items or none.
#
# Shopify's Liquid has limit as the number of rounds, wherever the loop begins. Over a list liqp does so. Over a range
# it takes limit as the place of the end: "limit: 2 offset: 2" of (1..6) is empty instead of 3 4, "limit: 3 offset: 1"
# has two items. With either of the two alone all is right, so paging works on its first page and ends after it. npm
# liquidjs 10.30.1 has 3 4 and 2 3 4.
#
# Needs a JDK 17, mvn, node, npm. Seen 2026-11-28 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >pom.xml <<'X'
<project>
  <modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>nl.big-o</groupId><artifactId>liqp</artifactId><version>0.9.2.3</version></dependency>
  </dependencies>
</project>
X
mvn -B -q dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
npm install --silent --no-audit --no-fund liquidjs@10.30.1 >/dev/null
printf '%s\n' '{% for i in (1..6) limit: 2 offset: 2 %}{{ i }} {% endfor %}' \
  '{% for i in (1..6) limit: 3 offset: 1 %}{{ i }} {% endfor %}' \
  '{% assign list = "1,2,3,4,5,6" | split: "," %}{% for i in list limit: 2 offset: 2 %}{{ i }} {% endfor %}' >templates
cat >Run.java <<'J'
import java.nio.file.*;

public class Run {
  public static void main(String[] args) throws Exception {
    for (String template : Files.readAllLines(Path.of("templates"))) {
      System.out.println(new liqp.TemplateParser.Builder().build().parse(template).render().trim());
    }
  }
}
J
cat >run.js <<'J'
const { Liquid } = require('liquidjs');
const lines = require('fs').readFileSync('templates', 'utf8').trim().split('\n');
for (const line of lines) console.log(new Liquid().parseAndRenderSync(line).trim());
J
java -cp 'lib/*' Run.java >liqp.txt 2>/dev/null
node run.js >liquidjs.txt
paste -d '|' templates liqp.txt liquidjs.txt | sed 's/|\([^|]*\)|\([^|]*\)$/\n  liqp: \1\n  liquidjs: \2/'
[ "$(paste -sd, liqp.txt)" = ',2 3,3 4' ] && [ "$(paste -sd, liquidjs.txt)" = '3 4,2 3 4,3 4' ]
