#!/usr/bin/env bash
# gammu-smsd 1.42.0 (Debian 12, 1.42.0-8): without TransmitFormat every text file goes out in the GSM 7-bit alphabet.
#
# gammu-smsdrc(5) has "Default is auto". The program's own log says "transmission format 7bit", and a Russian text in a
# file of UTF-16, as the files backend takes it, is encoded as a message of 7 bits, in an alphabet that has no Cyrillic.
# Nothing warns: the file is moved to the sent ones. With transmitformat = auto the same file goes as Unicode.
#
# Needs apt-get, iconv. Seen 2026-11-29 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
apt-get download gammu-smsd=1.42.0-8 lib{gammu,gsmsd}8=1.42.0-8 libdbi1 libmariadb3 libpq5 libbluetooth3 libodbc2 \
  libusb-1.0-0 libltdl7 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib:$work/root/usr/lib/x86_64-linux-gnu:$work/root/lib/x86_64-linux-gnu LC_ALL=C.UTF-8
# prints how the program encodes a Russian text, given one more line of configuration
encoded() {
  rm -rf in out sent errors phone log
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
logfile = $work/log
debuglevel = 255
$1
R
  { printf '\xfe\xff' && printf 'Привет' | iconv -f UTF-8 -t UTF-16BE; } >out/OUTA20261129_100000_00_+4915100000002_1.txt
  root/usr/bin/gammu-smsd -c smsdrc >/dev/null 2>&1 &
  local daemon=$!
  for _ in $(seq 100); do
    if [ -n "$(ls sent)" ]; then break; fi
    sleep 0.2
  done
  kill $daemon && wait $daemon 2>/dev/null || true
  grep -ao 'transmission format "[a-z0-9]*"' log | tail -n 1
  grep -aoE '(7 bit|Unicode) SMS' log | tail -n 1
}
unset_format=$(encoded '')
auto_format=$(encoded 'transmitformat = auto')
printf 'without:\n%s\nauto:\n%s\n' "$unset_format" "$auto_format"
[ "$unset_format" = $'transmission format "7bit"\n7 bit SMS' ] && [ "$auto_format" = $'transmission format "auto"\nUnicode SMS' ]
