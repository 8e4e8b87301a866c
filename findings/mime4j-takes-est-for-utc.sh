#!/usr/bin/env bash
# Apache James Mime4j 0.8.15: the Date of a parsed mail that says EST or PST is hours off, because the zone is skipped.
#
# RFC 5322 section 4.3 (obs-zone): EST is -0500, PST -0800, and readers must take them. The library's strict parser of
# dates does, but DefaultMessageBuilder uses a second, lenient one, which reads these zones as UTC. So Message.getDate()
# and DefaultFieldParser give two times for one field, and the one that most programs ask is wrong. GMT, UT and numbers
# are right in both, which is what nearly every test has.
#
# Needs a JDK 17, mvn. Seen 2026-11-28 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for jar in org.apache.james:apache-mime4j-{core,dom}:0.8.15 commons-io:commons-io:2.19.0; do
  mvn -B -q dependency:copy -Dartifact="$jar" -DoutputDirectory=lib >/dev/null
done
cat >Run.java <<'J'
import java.io.ByteArrayInputStream;
import org.apache.james.mime4j.dom.field.DateTimeField;
import org.apache.james.mime4j.field.DefaultFieldParser;
import org.apache.james.mime4j.message.DefaultMessageBuilder;

public class Run {
  public static void main(String[] args) throws Exception {
    boolean still = read("-0500").equals("14:00Z 14:00Z") & read("EST").equals("09:00Z 14:00Z") & read("PST").equals("09:00Z 17:00Z");
    System.exit(still ? 0 : 1);
  }

  static String read(String zone) throws Exception {
    String field = "Date: Sat, 28 Nov 2026 09:00:00 " + zone;
    var mail = new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream((field + "\r\n\r\nhello\r\n").getBytes()));
    String ofMail = time(mail.getDate());
    String ofField = time(((DateTimeField) DefaultFieldParser.parse(field)).getDate());
    System.out.println("09:00:00 " + zone + ": the mail's date " + ofMail + ", the field's date " + ofField);
    return ofMail + " " + ofField;
  }

  static String time(java.util.Date date) {
    return date.toInstant().toString().replaceAll(".*T(.....):00Z", "$1Z");
  }
}
J
java -cp 'lib/*' Run.java
