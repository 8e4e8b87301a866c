#!/usr/bin/env bash
# jsmpp 3.0.2: the dates of a delivery receipt with a four-digit year become days in February 2022, without an error.
#
# SMPP 3.4 appendix B shows YYMMDDhhmm for "submit date" and "done date" and leaves the form of the receipt to the
# centre; centres that write YYYYMMDDhhmmss exist. The library takes the digits two by two and lets its calendar carry
# over: 20261128093155 is read as year 20, month 26, day 11, 28 o'clock. Every receipt of the years 2020 to 2029 lands
# between August 2021 and June 2022: a date that looks plausible and is years before its message.
#
# Needs a JDK 17, mvn. Seen 2026-11-28 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for jar in org.jsmpp:jsmpp:3.0.2 org.slf4j:slf4j-api:1.7.36 org.slf4j:slf4j-nop:1.7.36; do
  mvn -B -q dependency:copy -Dartifact="$jar" -DoutputDirectory=lib >/dev/null
done
cat >Run.java <<'J'
import java.text.SimpleDateFormat;
import java.util.Date;
import org.jsmpp.bean.DeliveryReceipt;

public class Run {
  public static void main(String[] args) throws Exception {
    String shown = read("2611280931") + " " + read("20261128093155") + " " + read("20271231235959");
    System.exit(shown.equals("2026-11-28T09:31 2022-02-12T04:09 2022-03-13T07:23") ? 0 : 1);
  }

  static String read(String date) throws Exception {
    Date done = new DeliveryReceipt("id:41 sub:001 dlvrd:001 submit date:" + date + " done date:" + date
        + " stat:DELIVRD err:000 text:hello").getDoneDate();
    String text = new SimpleDateFormat("yyyy-MM-dd'T'HH:mm").format(done);
    System.out.println("done date:" + date + " is read as " + text);
    return text;
  }
}
J
java -Duser.timezone=UTC -cp 'lib/*' Run.java
