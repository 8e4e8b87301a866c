// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.util.Locale;
import java.util.regex.Pattern;

/** What programs and lists put below a mail: signatures, a device's advertisement, a list's footer. */
final class Signatures {
    /** More lines below two dashes are no signature. */
    private static final int LONGEST_SIGNATURE = 15;

    /** More lines below bare dashes, without the blank of RFC 3676, are no signature. */
    private static final int LONGEST_BARE = 6;

    private static final int LONGEST_FOOTER = 8;
    private static final int LONGEST_ADVERTISEMENT = 90;

    private static final Pattern FOOTER_RULE = Pattern.compile("^[-_=]{20,200}$");

    private static final Pattern LINK = Pattern.compile("[<(\\[]?https?://[^\\s>)\\]]{1,400}[>)\\]]?");

    private final ReplyLines lines;
    private final ReplyFacts facts;

    Signatures(ReplyLines lines, ReplyFacts facts) {
        this.lines = lines;
        this.facts = facts;
    }

    /** Whether a signature (RFC 3676 §4.3) starts here that goes down to a line. */
    boolean startsAt(int i, int stop) {
        boolean standard = lines.raw(i).equals("-- ");
        if (!standard && !lines.raw(i).equals("--")) {
            return false;
        }
        return standard
                ? stop - i <= LONGEST_SIGNATURE && (paragraphs(i + 1, stop) <= 1 || named(i + 1, stop))
                : stop - i <= LONGEST_BARE && named(i + 1, stop);
    }

    /** Whether the first lines name the customer or their device, as a signature does. */
    private boolean named(int from, int stop) {
        int first = Math.min(lines.text(from), stop);
        for (int i = first; i < Math.min(stop, first + 3); i++) {
            if (facts.theirsInField(lines.at(i)) || advertises(lines.at(i))) {
                return true;
            }
        }
        return false;
    }

    private int paragraphs(int from, int stop) {
        int count = 0;
        for (int i = from; i < stop; i++) {
            count += !lines.blank(i) && (i == from || lines.blank(i - 1)) ? 1 : 0;
        }
        return count;
    }

    /** Whether a mailing list's footer starts here: a rule and a few lines with an address that is not the customer's. */
    boolean footerAt(int i, int stop) {
        if (!FOOTER_RULE.matcher(lines.at(i)).matches() || stop - i > LONGEST_FOOTER + 1) {
            return false;
        }
        String below = lines.joined(i, stop - 1);
        return !facts.theirs(below)
                && (below.contains("http://")
                        || below.contains("https://")
                        || !ReplyFacts.addresses(below).isEmpty());
    }

    /** Whether a line is what a device or a program says of itself, as a paragraph of its own. */
    boolean advertisementAt(int i) {
        return i > 0 && lines.blank(i - 1) && advertises(lines.at(i));
    }

    private static boolean advertises(String line) {
        String bare = LINK.matcher(line.toLowerCase(Locale.ROOT)).replaceAll("").strip();
        return bare.length() <= LONGEST_ADVERTISEMENT && QuoteWords.sentFromDevice(bare);
    }
}
