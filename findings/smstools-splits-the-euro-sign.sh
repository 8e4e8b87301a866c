#!/usr/bin/env bash
# smstools 3.1.21 (Debian 12, 3.1.21-4+b1): a long text is cut between the two halves of "€", which arrives as "e".
#
# In the GSM alphabet € [ ] { } | ^ ~ and \ are an escape and a second character. 3GPP TS 23.040 clause 9.2.3.24.1: such a
# pair shall not be split over two parts of a message. smsd cuts after 153 septets wherever that is; the first part ends
# with the escape, the second begins with an "e". When such parts come in, its own reading side makes "Total 12 e" of
# "Total 12 €", and "<" of "[": it depends on how long the words before are. Nothing warns.
#
# Needs apt-get, python3. Seen 2026-11-30 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null && wait; rm -rf "$work"' EXIT
cd "$work"
apt-get download smstools=3.1.21-4+b1 libmm14 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH=$work/root/lib:$work/root/usr/lib/x86_64-linux-gnu
mkdir outgoing checked sent failed incoming report
cat >smsd.conf <<C
devices = M
outgoing = $work/outgoing
checked = $work/checked
sent = $work/sent
failed = $work/failed
incoming = $work/incoming
report = $work/report
logfile = $work/log
pidfile = $work/pid
infofile = $work/info
delaytime = 1

[M]
device = $work/modem
init = AT
incoming = yes
decode_unicode_text = yes
C

# A modem on a terminal of its own, whose network delivers to it what it sends
cat >modem.py <<'P'
import os, pty, tty
ours, theirs = pty.openpty()
tty.setraw(ours), tty.setraw(theirs)
os.symlink(os.ttyname(theirs), 'modem')
say = lambda *lines: os.write(ours, ''.join(f'\r\n{line}\r\n' for line in lines).encode())
card, waiting, left = {}, False, b''

def deliver(submit): # SMS-SUBMIT to SMS-DELIVER: no reference, a time in place of the validity
    head, number, rest = submit[2:4], submit[6:24], submit[24:]
    bits = int.from_bytes(bytes.fromhex(rest[8:]), 'little')
    septets = [bits >> 7 * i & 127 for i in range(int(rest[6:8], 16))]
    print('part of', len(septets) - 7, 'septets, from', hex(septets[7]), 'to', hex(septets[-1]), flush=True)
    return '00' + f'{int(head, 16) & 0x40 | 4:02x}' + number + rest[:4] + '62110390000000' + rest[6:]

while True:
    left += os.read(ours, 4096)
    while (end := left.find(b'\x1a' if waiting else b'\r')) >= 0:
        word, left = left[:end].decode().strip(), left[end + 1:]
        if waiting:
            waiting = False
            card[len(card) + 1] = deliver(word)
            say('+CMGS: 1', 'OK')
        elif word.startswith('AT+CMGS='):
            waiting = True
            os.write(ours, b'\r\n> ')
        elif word.startswith('AT+CMGR='):
            pdu = card.get(int(word[8:]))
            say(f'+CMGR: 0,,{len(pdu) // 2 - 1}\r\n{pdu}' if pdu else '+CMGR: 0,,0', 'OK')
        elif word.startswith('AT+CMGD='):
            card[int(word[8:])] = None
            say('OK')
        else:
            held = sum(pdu is not None for pdu in card.values())
            say(*{'AT+CPIN?': ['+CPIN: READY'], 'AT+CREG?': ['+CREG: 0,1'], 'AT+CSQ': ['+CSQ: 20,0'],
                  'AT+CPMS?': [f'+CPMS: "SM",{held},20,"SM",{held},20']}.get(word, []), 'OK')
P
python3 modem.py >parts &
until [ -e modem ]; do sleep 0.2; done
# 152 septets stand before the euro sign
text="$(printf 'x%.0s' $(seq 142)) Total 12 € in all, thank you"
printf 'To: 4915100000002\nAlphabet: UTF-8\n\n%s' "$text" >outgoing/1
root/usr/sbin/smsd -c smsd.conf -t >/dev/null 2>&1 &
for _ in $(seq 300); do
  if compgen -G "incoming/M.*" >/dev/null; then break; fi
  sleep 0.2
done
sleep 1
cat parts
read=$(tail -n 1 incoming/M.* | iconv -f iso-8859-15 -t utf-8)
echo "sent: ${text:139}"
echo "read: ${read:139}"
[ "$(cat parts)" = $'part of 153 septets, from 0x78 to 0x1b\npart of 19 septets, from 0x65 to 0x75' ] \
  && [ "$read" = "${text/€/e}" ]
