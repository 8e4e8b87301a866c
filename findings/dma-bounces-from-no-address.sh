#!/usr/bin/env bash
# dma 0.13 (Debian 12, 0.13-1+b1): its bounce says "From: MAILER-DAEMON <>", and Angus Mail 2.0.5 refuses to tell From.
#
# RFC 5322 section 3.4 wants an address between < and > in From; the empty one is for the envelope (RFC 5321 section
# 4.5.5). getFrom() throws an AddressException, so a program that asks for the sender first never comes to the question
# whether the mail is a bounce. There is also no MIME-Version, no multipart/report (RFC 3464) and no Auto-Submitted: only
# the envelope, X-Original-To and the text tell what it is.
#
# Needs root (chroot), apt-get, python3, a JDK 17, mvn. Seen 2026-11-28 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
apt-get download dma=0.13-1+b1 >/dev/null 2>&1
dpkg -x dma_*.deb root
ldd root/usr/sbin/dma | grep -o '/[^ ]*' | while read -r library; do
  mkdir -p "root$(dirname "$library")" && cp -n "$library" "root$library"
done
spool=root/var/spool/dma
mkdir -p root/dev $spool root/var/mail
chmod 777 $spool
mknod root/dev/null c 1 3
chmod 666 root/dev/null
printf '%s\n' 'root:x:0:0::/root:/bin/sh' 'mail:x:8:8::/var/mail:/bin/sh' >root/etc/passwd
printf '%s\n' 'root:x:0:' 'mail:x:8:' >root/etc/group
touch root/etc/aliases

# A smarthost that knows no nobody@ and keeps what comes for others
python3 - >>bounce.txt 2>smarthost.log <<'P' &
import socketserver
class Smarthost(socketserver.StreamRequestHandler):
    def handle(self):
        say = lambda text: self.wfile.write(text + b'\r\n')
        say(b'220 mx.example')
        for line in self.rfile:
            word = line[:4].upper()
            if word == b'RCPT':
                say(b'550 5.1.1 no such user' if b'nobody@' in line else b'250 2.1.5 ok')
            elif word == b'DATA':
                say(b'354 go')
                for text in iter(self.rfile.readline, b'.\r\n'):
                    print(text.decode().rstrip(), flush=True)
                say(b'250 2.0.0 kept')
            elif word == b'QUIT':
                return say(b'221 bye')
            else:
                say(b'250 ok')
socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(('127.0.0.1', 20595), Smarthost).serve_forever()
P
until (exec 3<>/dev/tcp/127.0.0.1/20595) 2>/dev/null; do sleep 0.2; done

printf '%s\n' 'SMARTHOST 127.0.0.1' 'PORT 20595' 'MAILNAME host.example' 'SPOOLDIR /var/spool/dma' >root/etc/dma/dma.conf
printf '%s\n' 'From: support@shop.example' 'To: nobody@customer.example' 'Subject: hello' '' 'hello' \
  | chroot root /usr/sbin/dma -f support@shop.example nobody@customer.example
for _ in $(seq 100); do
  if grep -q '^Message headers follow' bounce.txt && [ -z "$(ls $spool)" ]; then break; fi
  sleep 0.2
done
sed '/^$/,$d' bounce.txt >head.txt
cat head.txt

cat >pom.xml <<'X'
<project>
  <modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.eclipse.angus</groupId><artifactId>angus-mail</artifactId><version>2.0.5</version></dependency>
  </dependencies>
</project>
X
mvn -B -q dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat >Run.java <<'J'
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.*;
import java.util.*;

public class Run {
  public static void main(String[] args) throws Exception {
    var mail = new MimeMessage(Session.getInstance(new Properties()), Files.newInputStream(Path.of("bounce.txt")));
    try {
      System.out.println("getFrom: " + Arrays.toString(mail.getFrom()));
      System.exit(1);
    } catch (AddressException e) {
      System.out.println("getFrom: " + e);
    }
  }
}
J
java -cp 'lib/*' Run.java
grep -qx 'From: MAILER-DAEMON <>' head.txt && ! grep -qiE '^(mime-version|content-type|auto-submitted):' head.txt
