// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an IMAP server may answer. Lines and literals (RFC 3501 §4.3) are told apart as the mail library does it: that
 * allocates a literal as soon as it is announced, and an array for as many mails as EXISTS tells of.
 */
final class ImapAnswers extends AnswerLimit {
    /** Besides one mail: some servers send it whole though a piece was asked for. */
    private static final long BESIDES = 16_000_000;

    /** Of what is asked for here no line has a thousandth of it. */
    private static final int LONGEST_LINE = 1_000_000;

    /** What the mail library keeps of the shortest line until the answer has ended. */
    private static final int LINE_COST = 256;

    /** 20 MB of references in the library; the largest mailboxes known have a tenth of it. */
    private static final int MOST_MAILS = 5_000_000;

    /** The library makes an object of each mail that arrives in an open folder. */
    private static final int MOST_ARRIVALS = 100_000;

    /** Without the spaces, which the library skips. */
    private static final Pattern UNTAGGED = Pattern.compile("\\*([-+0-9]*)([A-Z]*)");

    private static final int LONGEST_HEAD = 32;

    private final LiteralMark mark = new LiteralMark();
    private final StringBuilder head = new StringBuilder();
    private long line;
    private long literal;
    private boolean afterReturn;
    private boolean opens;
    private long mails;

    ImapAnswers(long largest) {
        super(largest + BESIDES);
    }

    @Override
    protected void asked(String command) {
        opens = command.contains(" EXAMINE ");
    }

    @Override
    protected void came(byte one) throws IOException {
        boolean ends = one == '\n' && afterReturn;
        afterReturn = one == '\r';
        mark.next(one);
        if (literal > 0) {
            literal--;
            return;
        }
        if (++line > LONGEST_LINE) {
            throw refused("it sent a line of more than " + LONGEST_LINE + " bytes, which is not read further");
        }
        if (one != ' ' && head.length() < LONGEST_HEAD) {
            head.append((char) (one & 0xff));
        }
        if (ends && mark.isThere()) {
            literal = mark.announced();
            expect(literal);
        } else if (ends) {
            take(LINE_COST);
            ended(head.toString().toUpperCase(Locale.ROOT));
            head.setLength(0);
            line = 0;
        }
    }

    private void ended(String start) throws IOException {
        Matcher untagged = UNTAGGED.matcher(start);
        if (!untagged.lookingAt()) {
            return;
        }
        String word = untagged.group(2);
        if (word.startsWith("VANISHED")) { // whose ranges the library writes out
            throw refused("it sent VANISHED, which only follows ENABLE QRESYNC (RFC 7162)");
        }
        if (word.startsWith("EXPUNGE")) {
            mails--;
        } else if (word.startsWith("EXISTS") || untagged.group(1).length() > 10) {
            exist(untagged.group(1));
        }
    }

    private void exist(String number) throws IOException {
        long count = number.matches("[0-9]{1,10}") ? Long.parseLong(number) : Long.MAX_VALUE;
        if (count > MOST_MAILS) {
            throw refused("its folder has more than " + MOST_MAILS + " mails; move old ones to another folder");
        }
        if (!opens && count - mails > MOST_ARRIVALS) {
            throw refused("more than " + MOST_ARRIVALS + " mails arrived at once");
        }
        mails = count;
    }
}
