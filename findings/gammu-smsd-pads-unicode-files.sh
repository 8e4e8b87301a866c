#!/usr/bin/env bash
# gammu-smsd 1.42.0 (Debian 12, 1.42.0-8): with inboxformat = unicode a text file ends with NUL characters, as many as
# its text has bytes in UTF-8 beyond its characters.
#
# gammu-smsdrc(5) has this format for messages as Unicode text; the file is UTF-16BE behind a byte order mark. Its length
# is counted in another encoding: a Russian message of 22 characters has 39 units in the file, 17 of them U+0000, and a
# euro sign adds two. English texts show nothing. A reader that takes the whole file for the text hands the NULs on, and
# PostgreSQL, for one, keeps no text with U+0000.
#
# Needs apt-get, python3. Seen 2026-11-28 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
apt-get download gammu{,-smsd}=1.42.0-8 lib{gammu,gsmsd}8=1.42.0-8 libdbi1 libmariadb3 libpq5 libbluetooth3 libodbc2 \
  libusb-1.0-0 libltdl7 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib:$work/root/usr/lib/x86_64-linux-gnu:$work/root/lib/x86_64-linux-gnu
mkdir -p in out sent errors phone/{note,alarm,calendar,todo,fs,sms/{1,2,3,4,5},pbk/{ME,SM,DC,RC,MC}}
cat >smsdrc <<R
[gammu]
port = $work/phone
model = dummy
connection = none

[smsd]
service = files
inboxpath = $work/in/
outboxpath = $work/out/
sentsmspath = $work/sent/
errorsmspath = $work/errors/
inboxformat = unicode
receivefrequency = 1
logfile = $work/log
R
# gammu's dummy phone: what is saved in its inbox is an SMS that came
export LC_ALL=C.UTF-8
save() { root/usr/bin/gammu -c smsdrc savesms TEXT -folder 1 -unread -sender +4915100000001 "$@" >/dev/null; }
save -text 'Where is my order?'
save -text '5 €'
save -unicode -text 'Привет, где мой заказ?'
root/usr/bin/gammu-smsd -c smsdrc >/dev/null 2>&1 &
for _ in $(seq 100); do
  if [ "$(find in -type f | wc -l)" = 3 ]; then break; fi
  sleep 0.2
done
PYTHONIOENCODING=utf-8 python3 - <<'P'
import pathlib, sys
seen = {}
for file in pathlib.Path('in').iterdir():
    text = file.read_bytes().decode('utf-16')
    plain = text.rstrip('\0')
    seen[plain] = len(text) - len(plain)
    print(f'{plain}: {len(plain)} characters, {len(plain.encode())} bytes in UTF-8, {seen[plain]} NUL behind')
wanted = {'Where is my order?': 0, '5 €': 2, 'Привет, где мой заказ?': 17}
sys.exit(0 if seen == wanted else 1)
P
