#!/usr/bin/env bash
# dma 0.13 (Debian 12, 0.13-1+b1): a mail that the smarthost refuses vanishes, without a bounce, where the sender's domain
# is the machine's own mail name and the sender is no local user.
#
# dma takes every address at MAILNAME for a local mailbox when it looks for the bounce's recipient. For the usual
# support@shop.example on a machine named shop.example there is no such user, so the bounce cannot be queued, and the
# mail and its queue file are removed all the same. The caller got 0 long before. With another MAILNAME the same refusal
# comes back as a bounce. RFC 5321 section 6.1: who has taken a mail must deliver it or report that it could not.
#
# Needs root (chroot), apt-get, python3. Seen 2026-11-28 on x86_64.
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
python3 - >>taken.txt 2>smarthost.log <<'P' &
import socketserver
class Smarthost(socketserver.StreamRequestHandler):
    def handle(self):
        say = lambda text: self.wfile.write(text + b'\r\n')
        say(b'220 mx.example')
        for line in self.rfile:
            word = line[:4].upper()
            if word == b'RCPT':
                print(line.decode().rstrip(), flush=True)
                say(b'550 5.1.1 no such user' if b'nobody@' in line else b'250 2.1.5 ok')
            elif word == b'DATA':
                say(b'354 go')
                for _ in iter(self.rfile.readline, b'.\r\n'): pass
                say(b'250 2.0.0 kept')
            elif word == b'QUIT':
                return say(b'221 bye')
            else:
                say(b'250 ok')
socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(('127.0.0.1', 20588), Smarthost).serve_forever()
P
until (exec 3<>/dev/tcp/127.0.0.1/20588) 2>/dev/null; do sleep 0.2; done

send() { # mail name
  printf '%s\n' 'SMARTHOST 127.0.0.1' 'PORT 20588' "MAILNAME $1" 'SPOOLDIR /var/spool/dma' >root/etc/dma/dma.conf
  : >taken.txt
  printf '%s\n' 'From: support@shop.example' 'To: nobody@customer.example' 'Subject: hello' '' 'hello' \
    | chroot root /usr/sbin/dma -f support@shop.example nobody@customer.example
  echo "MAILNAME $1: accepted with $?"
  for _ in $(seq 100); do
    if [ -s taken.txt ] && [ -z "$(ls $spool)" ]; then break; fi
    sleep 0.2
  done
  sed 's/^/  /' taken.txt
  echo "  left in the queue: $(ls $spool | wc -l), in mailboxes: $(ls root/var/mail | wc -l)"
}
send host.example && cp taken.txt other.txt
send shop.example
grep -q '<support@shop.example>' other.txt && [ "$(cat taken.txt)" = 'RCPT TO:<nobody@customer.example>' ] \
  && [ -z "$(find $spool root/var/mail -type f)" ]
