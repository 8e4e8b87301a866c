#!/usr/bin/env bash
# Kannel 1.4.5 (Debian 12, 1.4.5-12): %a in get-url destroys UCS-2 texts in Indian scripts.
#
# The user guide has %a for the words of the message with the white space between them squeezed. It is squeezed before
# the text is decoded, byte by byte, and the first bytes of all letters from Devanagari (09) over Panjabi and Gujarati
# (0A), Tamil (0B), Telugu and Kannada (0C) to Malayalam and Sinhala (0D) are white space in ASCII. Bytes vanish or
# become 20: the Hindi for "all right", six characters, arrives as four of other scripts. Nothing tells of it, and a trial
# with Cyrillic (04) shows nothing. Tamil breaks in the same way. %b has the bytes as they came.
#
# Needs apt-get, python3. Seen 2026-11-28 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
apt-get download kannel=1.4.5-12 libct4 libhiredis0.14 libmariadb3 libpcre3 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu:$work/root/lib/x86_64-linux-gnu
cat >kannel.conf <<'K'
group = core
admin-port = 20590
admin-interface = 127.0.0.1
admin-password = none
smsbox-port = 20591
smsbox-interface = 127.0.0.1
log-file = bearerbox.log

group = smsc
smsc = smpp
host = 127.0.0.1
port = 20592
transceiver-mode = true
smsc-username = shop
smsc-password = none
system-type = ""

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = 20593
sendsms-interface = 127.0.0.1
log-file = smsbox.log

group = sms-service
keyword = default
catch-all = true
max-messages = 0
get-url = "http://127.0.0.1:20594/sms?a=%a&b=%b&charset=%C"
K

# An SMPP centre with one message for whoever binds, and the web server that get-url names
cat >ends.py <<'P'
import http.server, socket, struct, sys, threading, urllib.parse

TEXT = 'ठीक है'
class Web(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        fields = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query, encoding='latin-1')
        a, b = (fields[name][0].encode('latin-1') for name in 'ab')
        print('charset', fields['charset'][0])
        print('%b', b.hex(' ', 2), b.decode('utf-16-be'))
        print('%a', a.hex(' ', 2), a.decode('utf-16-be', 'replace'), flush=True)
        self.send_response(200)
        self.end_headers()
        broken.append(b == TEXT.encode('utf-16-be') and a.hex() == '4020150020392048')
        done.set()
    def log_message(self, *_): pass

def centre():
    with socket.create_server(('127.0.0.1', 20592)) as door:
        link = door.accept()[0]
        pdu = lambda command, number, body=b'': link.sendall(struct.pack('>4I', 16 + len(body), command, 0, number) + body)
        while head := link.recv(16, socket.MSG_WAITALL):
            length, command, _, number = struct.unpack('>4I', head)
            link.recv(length - 16, socket.MSG_WAITALL)
            if command == 9:
                pdu(0x80000009, number, b'centre\0')
                text = TEXT.encode('utf-16-be')
                pdu(5, 1, b'\0\1\1' b'4915100000001\0' b'\1\1' b'4915100000002\0' b'\0\0\0\0\0\0\0\x08\0' + bytes([len(text)]) + text)
            elif command == 0x15:
                pdu(0x80000015, number)

broken, done = [], threading.Event()
threading.Thread(target=centre, daemon=True).start()
threading.Thread(target=http.server.HTTPServer(('127.0.0.1', 20594), Web).serve_forever, daemon=True).start()
done.wait(90)
sys.exit(0 if broken == [True] else 1)
P
PYTHONIOENCODING=utf-8 python3 ends.py &
ends=$!
root/usr/sbin/bearerbox kannel.conf >/dev/null 2>&1 &
until (exec 3<>/dev/tcp/127.0.0.1/20591) 2>/dev/null; do sleep 0.2; done
root/usr/sbin/smsbox kannel.conf >/dev/null 2>&1 &
wait $ends
