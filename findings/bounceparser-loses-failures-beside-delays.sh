#!/usr/bin/env bash
# Mail::DeliveryStatus::BounceParser 1.543 (Debian 12, libmail-deliverystatus-bounceparser-perl 1.543+repacked-1): a report
# on several recipients is no bounce as soon as one of them was delivered, relayed or is delayed.
#
# RFC 3464 has one group of fields for each recipient, each with its own Action, and its example of a report on several
# shows failed and delayed side by side. The library stops at the first group that is no failure: is_bounce is 0 for the
# whole mail, and addresses() lacks all failed recipients that stand behind it. The answer depends on the order of the
# groups, which means nothing. Where one address of two is wrong, the message to it is never known to have failed.
#
# Needs apt-get, perl. Seen 2026-11-30 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download libmail-deliverystatus-bounceparser-perl=1.543+repacked-1 libmime-tools-perl=5.510-1 libmailtools-perl=2.21-2 \
  libtimedate-perl=2.3300-2 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
cat >read.pl <<'P'
use strict;
use warnings;
use Mail::DeliveryStatus::BounceParser;

my $mail = join '', <DATA>;
my %group = (
  failed => "Final-Recipient: rfc822; ana\@customer.example\nAction: failed\nStatus: 5.1.1\n",
  delayed => "Final-Recipient: rfc822; bo\@customer.example\nAction: delayed\nStatus: 4.2.0\n",
  relayed => "Final-Recipient: rfc822; cy\@customer.example\nAction: relayed\nStatus: 2.0.0\n",
  delivered => "Final-Recipient: rfc822; di\@customer.example\nAction: delivered\nStatus: 2.0.0\n",
);
for my $order ('failed', map { ("failed $_", "$_ failed") } qw(delayed relayed delivered)) {
  my $groups = join "\n", map { $group{$_} } split / /, $order;
  my $read = Mail::DeliveryStatus::BounceParser->new($mail =~ s/GROUPS\n/$groups/r);
  printf "%s: is_bounce %d, addresses: %s\n", $order, $read->is_bounce, join(' ', $read->addresses) || 'none';
}
__DATA__
From: MAILER-DAEMON@mx.example
To: support@shop.example
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

Not all recipients got the mail.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

GROUPS

--b
Content-Type: message/rfc822

From: support@shop.example
Message-ID: <1@shop.example>
Subject: hello

hello
--b--
P
perl -Iroot/usr/share/perl5 read.pl | tee seen
expected='failed: is_bounce 1, addresses: ana@customer.example'
for other in delayed relayed delivered; do
  expected+=$'\n'"failed $other: is_bounce 0, addresses: ana@customer.example"$'\n'"$other failed: is_bounce 0, addresses: none"
done
[ "$(cat seen)" = "$expected" ]
