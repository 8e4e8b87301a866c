#!/usr/bin/env bash
# mlmmj 1.3.0 (Debian 12, 1.3.0-4): the mail that asks to confirm a subscription bears no mark of a program, and an answer
# of any kind to its Reply-To is the confirmation.
#
# RFC 3834 section 3.1.7 wants Auto-Submitted in every automatic response, and list software usually adds List-Id or
# Precedence. Here all three are missing and the envelope sender is an address, so an autoresponder answers (mailbot 2.9.3
# of maildrop, which holds back on Precedence and List-ID). Its answer goes to the address in Reply-To, and that means
# "yes": a desk with an automatic answer joins every list that someone enters it in.
#
# Needs apt-get, python3. Seen 2026-11-28 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
apt-get download mlmmj=1.3.0-4 maildrop=2.9.3-2.1 libcourier-unicode4 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu
list=$work/list
mkdir -p "$list"/{incoming,queue/discarded,archive,text,subconf,unsubconf,bounce,control,moderation,subscribers.d,digesters.d,nomailsubs.d,requeue}
touch "$list/index"
cp root/usr/share/mlmmj/text.skel/en/* "$list/text"
for setting in listaddress=news@list.example owner=owner@list.example relayhost=127.0.0.1 smtpport=20589; do
  echo "${setting#*=}" >"$list/control/${setting%%=*}"
done

# A mail exchanger that keeps the envelope's sender and the mail
python3 - >taken.txt <<'P' &
import socketserver
class Taker(socketserver.StreamRequestHandler):
    def handle(self):
        say = lambda text: self.wfile.write(text + b'\r\n')
        say(b'220 mx.example')
        for line in self.rfile:
            word = line[:4].upper()
            if word == b'MAIL':
                print('X-Envelope-Sender:', line.decode().split(':')[1].split('>')[0] + '>', flush=True)
            if word == b'DATA':
                say(b'354 go')
                for text in iter(self.rfile.readline, b'.\r\n'):
                    print(text.decode().rstrip(), flush=True)
                say(b'250 2.0.0 kept')
                print('.', flush=True)
            elif word == b'QUIT':
                return say(b'221 bye')
            else:
                say(b'250 ok')
socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(('127.0.0.1', 20589), Taker).serve_forever()
P
until (exec 3<>/dev/tcp/127.0.0.1/20589) 2>/dev/null; do sleep 0.2; done

printf '%s\n' 'Delivered-To: news+subscribe@list.example' 'From: support@shop.example' 'To: news+subscribe@list.example' \
  'Message-ID: <1@shop.example>' 'Date: Sat, 28 Nov 2026 09:00:00 +0000' 'Subject: subscribe' '' 'subscribe' >request
root/usr/bin/mlmmj-receive -L "$list" -F <request
for _ in $(seq 100); do
  if grep -q '^\.$' taken.txt; then break; fi
  sleep 0.2
done
sed '/^\.$/,$d; /^$/,$d' taken.txt >head.txt
echo 'headers of the confirmation:'; cat head.txt
echo 'We are away.' >away
root/usr/bin/mailbot -N -t away -A 'From: support@shop.example' cat <taken.txt >answer.txt
echo 'mailbot answers:'; grep -iE '^(to|auto-submitted):' answer.txt
! grep -qiE '^(auto-submitted|precedence|list-[a-z]*):' head.txt && grep -q '^X-Envelope-Sender:.*<news+bounces-confsub-' head.txt \
  && grep -q '^To:.*news+confsub-' answer.txt
