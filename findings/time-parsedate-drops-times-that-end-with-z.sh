#!/usr/bin/env bash
# Time::ParseDate 2015.103 (Debian 12, libtime-parsedate-perl 2015.103-4): of an ISO 8601 time in UTC, with its "Z", the day
# alone is read. No error, midnight comes out; the time stands in a second value that callers in scalar context never see.
# The same text without the "Z" is read whole.
#
# Request Tracker 5 reads the times of its searches so, also those of its REST API (RT::Date, ParseByTimeParseDate), and
# then takes the midnight for one in the time zone of the user who asks. "Created >= '2026-11-30T00:45:00Z'" means
# 05:00 UTC to a user in New York: a program that polls for what is new finds nothing for the first hours of each day.
#
# Needs apt-get, dpkg, perl. Seen 2026-11-30.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download libtime-parsedate-perl=2015.103-4 >/dev/null 2>&1
dpkg -x libtime-parsedate-perl_*.deb root

seen=$(perl -Iroot/usr/share/perl5 -MTime::ParseDate -MPOSIX=strftime -e '
  sub utc { defined $_[0] ? strftime("%Y-%m-%d %H:%M:%S", gmtime $_[0]) : "undefined" }
  for my $text ("2026-11-30T00:45:00Z", "2026-11-30T22:45:00Z", "2026-11-30T22:45:00", "2026-11-30 22:45:00") {
    my $scalar = parsedate($text, GMT => 1);
    my (undef, $rest) = parsedate($text, GMT => 1);
    my $whole = parsedate($text, GMT => 1, WHOLE => 1);
    print "$text -> ", utc($scalar), ", left over: \"", $rest // "", "\", with WHOLE: ", utc($whole), "\n";
  }')
expected='2026-11-30T00:45:00Z -> 2026-11-30 00:00:00, left over: "00:45:00Z", with WHOLE: undefined
2026-11-30T22:45:00Z -> 2026-11-30 00:00:00, left over: "22:45:00Z", with WHOLE: undefined
2026-11-30T22:45:00 -> 2026-11-30 22:45:00, left over: "", with WHOLE: 2026-11-30 22:45:00
2026-11-30 22:45:00 -> 2026-11-30 22:45:00, left over: "", with WHOLE: 2026-11-30 22:45:00'
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] || { printf 'expected:\n%s\n' "$expected"; exit 1; }
