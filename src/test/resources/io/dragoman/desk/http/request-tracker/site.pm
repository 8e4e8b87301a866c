# SPDX-License-Identifier: Apache-2.0
# An RT of a test: all that it writes is below its own folder.
my $root = $ENV{DESK_ROOT};
Set($rtname, 'shop.test');
Set($Organization, 'shop.test');
Set($CorrespondAddress, 'support@shop.test');
Set($CommentAddress, 'comment@shop.test');
# far from UTC: times that a client names are read in this zone
Set($Timezone, 'Etc/GMT+12');
Set($WebDomain, '127.0.0.1');
Set($WebPort, $ENV{DESK_PORT});
Set($DatabaseType, 'SQLite');
Set($DatabaseName, "$root/rt.sqlite3");
Set($LogToSyslog, undef);
Set($LogToFile, undef);
Set($LogToSTDERR, 'info');
Set($MailCommand, 'sendmailpipe');
Set($SendmailPath, "$root/sendmail");
$RT::MasonDataDir = "$root/mason";
$RT::MasonSessionDir = "$root/session";
1;
