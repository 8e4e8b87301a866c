#!/usr/bin/env bash
# Apache OpenNLP 2.5.11 with its own language model (langdetect 183, opennlp-models-langdetect 1.3.0): the best guess for a
# plain sentence has a confidence of 0.02, and a wrong one no less than a right one.
#
# The confidences of all 103 languages add up to 1, so a threshold like 0.5 looks sensible. They measure the length of the
# text, though: English of 40 characters has 0.03, of 80 0.08, of 160 0.37, of 300 0.77. Of a customer's short messages
# "Merci beaucoup !" is French with 0.015 and "Wo ist mein Paket?" Maori with 0.015, so that no threshold parts the two:
# one that is low enough to keep the first believes the second.
#
# Needs a JDK 17, mvn. Seen 2026-11-30 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for jar in org.apache.opennlp:opennlp-tools:2.5.11 org.apache.opennlp:opennlp-models-langdetect:1.3.0 \
  org.slf4j:slf4j-api:2.0.17 org.slf4j:slf4j-nop:2.0.17; do
  mvn -B -q dependency:copy -Dartifact="$jar" -DoutputDirectory=lib >/dev/null
done
cat >Run.java <<'J'
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

public class Run {
  static final String MAIL = "Good morning, I ordered two pairs of shoes at the end of last week and paid with my card. Today the"
      + " parcel arrived, but there is only one pair in it. Could you please tell me when the other one will come, or send me"
      + " the money back? The number of the order is on the note that I have put below. Many thanks for your help.";

  public static void main(String[] args) throws Exception {
    var detector = new LanguageDetectorME(new LanguageDetectorModel(Run.class.getResource("/langdetect-183.bin")));
    String seen = "";
    for (int length : new int[] {40, 80, 160, 300}) {
      seen += guess(detector, MAIL.substring(0, length), length + " characters of English");
    }
    for (String text : new String[] {"Merci beaucoup !", "Ich brauche Hilfe.", "Wo ist mein Paket?", "Where is my order?"}) {
      seen += guess(detector, text, text);
    }
    System.exit(seen.equals("eng 0.032 eng 0.082 eng 0.370 eng 0.773 fra 0.015 deu 0.017 mri 0.015 afr 0.018 ") ? 0 : 1);
  }

  static String guess(LanguageDetectorME detector, String text, String name) {
    Language best = detector.predictLanguages(text)[0];
    System.out.printf("%s: %s %.3f%n", name, best.getLang(), best.getConfidence());
    return "%s %.3f ".formatted(best.getLang(), best.getConfidence());
  }
}
J
java -Duser.language=en -Dfile.encoding=UTF-8 -cp 'lib/*' Run.java
