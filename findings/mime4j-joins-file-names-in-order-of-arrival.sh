#!/usr/bin/env bash
# Apache James Mime4j 0.8.15: a file name in numbered pieces (RFC 2231) is joined in the order of arrival, not by
# number, and a percent sign in a piece that is not encoded is decoded.
#
# RFC 2045 section 5.1 gives the order of parameters no meaning and RFC 2231 section 3 numbers the pieces for that
# reason; its section 4.1 lets encoded pieces (with * after the number) and plain ones mix, and only the encoded ones
# are decoded. Here "report.pdf" whose pieces were sorted otherwise on the way arrives as ".pdfreport", so that its type
# by name is lost, and "50%25 off" becomes "50% off". Angus Mail 2.0.5 has both right: the two readers of one server
# file one attachment under two names.
#
# Needs a JDK 17, mvn. Seen 2026-11-28 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for jar in org.apache.james:apache-mime4j-{core,dom}:0.8.15 commons-io:commons-io:2.19.0 \
  org.eclipse.angus:angus-mail:2.0.5 jakarta.mail:jakarta.mail-api:2.1.5 jakarta.activation:jakarta.activation-api:2.1.4 \
  org.eclipse.angus:angus-activation:2.0.3; do
  mvn -B -q dependency:copy -Dartifact="$jar" -DoutputDirectory=lib >/dev/null
done
cat >Run.java <<'J'
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.Properties;
import org.apache.james.mime4j.message.DefaultMessageBuilder;

public class Run {
  public static void main(String[] args) throws Exception {
    boolean still = read("filename*0=report; filename*1=.pdf").equals("report.pdf|report.pdf")
        & read("filename*1=.pdf; filename*0=report").equals(".pdfreport|report.pdf")
        & read("filename*0*=UTF-8''caf%C3%A9%20; filename*1=\"50%25 off.pdf\"").equals("café 50% off.pdf|café 50%25 off.pdf");
    System.exit(still ? 0 : 1);
  }

  static String read(String parameters) throws Exception {
    byte[] mail = ("Content-Disposition: attachment; " + parameters + "\r\n\r\nx\r\n").getBytes();
    String mime4j = new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(mail)).getFilename();
    String angus = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)).getFileName();
    System.out.println(parameters + "\n  Mime4j: " + mime4j + "\n  Angus:  " + angus);
    return mime4j + "|" + angus;
  }
}
J
java -Dstdout.encoding=UTF-8 -Dfile.encoding=UTF-8 -cp 'lib/*' Run.java
