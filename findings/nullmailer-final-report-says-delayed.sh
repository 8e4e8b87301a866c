#!/usr/bin/env bash
# nullmailer 2.2 (Debian 12, 1:2.2-4): the report on a mail that it has given up reads "Action: delayed".
#
# A mail that is refused with 450 until `queuelifetime` is over is moved to the folder failed/ and never tried again.
# The only report that is ever sent about it says "Action: delayed", "Status: 4.2.0" and promises a final notification
# that does not come: the action is made of the first digit of the last answer. RFC 3464 section 2.3.3 has "failed" for
# mail that is given up. Whoever believes the field waits for ever.
#
# Needs root (or user namespaces), apt-get, python3. Seen 2026-11-28 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
apt-get download nullmailer=1:2.2-4 >/dev/null 2>&1
dpkg -x nullmailer_*.deb root
etc=root/etc/nullmailer spool=root/var/spool/nullmailer
mkdir -p root/dev root/etc $etc $spool/{queue,tmp,failed} root/lib root/lib64
for program in root/usr/sbin/nullmailer-{send,queue} root/usr/bin/nullmailer-dsn root/usr/lib/nullmailer/smtp; do
  ldd "$program" | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "root$(dirname "$library")" && cp -n "$library" "root$library"
  done
done
chown -R "$(id -u)" root
: >root/dev/null
mkfifo $spool/trigger
echo mx.example >root/etc/mailname
echo 127.0.0.1 smtp --port=20587 >$etc/remotes
echo 1 >$etc/pausetime
echo 10 >$etc/queuelifetime

# A mail exchanger that is busy for ana and takes what comes for others
python3 - >taken.txt <<'P' &
import re, socketserver
class Busy(socketserver.StreamRequestHandler):
    def handle(self):
        say = lambda text: self.wfile.write(text + b'\r\n')
        say(b'220 mx.example')
        for line in self.rfile:
            word = line[:4].upper()
            if word == b'RCPT':
                say(b'450 4.2.0 try again later' if b'ana@' in line else b'250 2.1.5 ok')
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
socketserver.ThreadingTCPServer(('127.0.0.1', 20587), Busy).serve_forever()
P
until (exec 3<>/dev/tcp/127.0.0.1/20587) 2>/dev/null; do sleep 0.2; done
mail=$'support@shop.example\nana@customer.example\n\nFrom: support@shop.example\nTo: ana@customer.example\nMessage-ID: <1@shop.example>\nSubject: hello\n\nhello'
printf '%s\n' "$mail" | unshare -r chroot root /usr/sbin/nullmailer-queue
unshare -r chroot root /usr/sbin/nullmailer-send >log.txt 2>&1 &
for _ in $(seq 60); do
  if grep -q '^Diagnostic-Code' taken.txt; then break; fi
  sleep 1
done
echo "report:"; grep -E '^(Action|Status|Diagnostic-Code|A final|proves)' taken.txt
echo "queue: $(ls $spool/queue | wc -l), failed: $(ls $spool/failed | wc -l)"
grep -q '^Action: delayed' taken.txt && [ "$(ls $spool/failed | wc -l)" = 1 ] && [ "$(ls $spool/queue | wc -l)" = 0 ]
