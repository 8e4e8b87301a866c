#!/usr/bin/env bash
# Angus Mail's dsn 2.0.5: the status of a bounce in the form of RFC 6533 (SMTPUTF8) is null, and so is the mail inside.
#
# RFC 6533 has message/global-delivery-status and message/global in place of message/delivery-status and message/rfc822
# for mail with internationalised addresses. MultipartReport takes such a mail for a report, but getReport() and
# getReturnedMessage() answer null, whichever of the two names report-type has. The same report in the older types is
# read. Whoever counts bounces by getReport() keeps writing to such an address.
#
# Needs a JDK 17, mvn. Seen 2026-11-28 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for jar in org.eclipse.angus:{angus-mail,dsn}:2.0.5 jakarta.mail:jakarta.mail-api:2.1.5 \
  jakarta.activation:jakarta.activation-api:2.1.4 org.eclipse.angus:angus-activation:2.0.3; do
  mvn -B -q dependency:copy -Dartifact="$jar" -DoutputDirectory=lib >/dev/null
done
cat >Run.java <<'J'
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.eclipse.angus.mail.dsn.MultipartReport;

public class Run {
  static final String BOUNCE = """
      From: MAILER-DAEMON@mx.example
      To: support@shop.example
      Subject: not delivered
      MIME-Version: 1.0
      Content-Type: multipart/report; report-type=%s; boundary=b

      --b
      Content-Type: text/plain

      not delivered
      --b
      Content-Type: message/%s

      Reporting-MTA: dns; mx.example

      Final-Recipient: %s
      Action: failed
      Status: 5.1.1

      --b
      Content-Type: message/%s

      From: support@shop.example
      Message-ID: <1@shop.example>
      Subject: hello

      hello
      --b--
      """;

  public static void main(String[] args) throws Exception {
    String old = "delivery-status";
    String utf8 = "global-delivery-status";
    boolean still = read(old, old, "rfc822; ana@customer.example", "rfc822").equals("true true")
        & read(old, utf8, "utf-8; añá@customer.example", "global").equals("false false")
        & read(utf8, utf8, "utf-8; añá@customer.example", "global").equals("false false");
    System.exit(still ? 0 : 1);
  }

  static String read(String type, String status, String recipient, String returned) throws Exception {
    byte[] mail = BOUNCE.formatted(type, status, recipient, returned).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    var session = Session.getInstance(new Properties());
    var report = (MultipartReport) new MimeMessage(session, new ByteArrayInputStream(mail)).getContent();
    System.out.println("report-type=" + type + " with message/" + status + ": report " + report.getReport()
        + ", returned message " + (report.getReturnedMessage() == null ? null : report.getReturnedMessage().getMessageID()));
    return (report.getReport() != null) + " " + (report.getReturnedMessage() != null);
  }
}
J
java -Dfile.encoding=UTF-8 -cp 'lib/*' Run.java
