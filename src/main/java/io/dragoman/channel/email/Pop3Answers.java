// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.mail.AnswerLimit;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a POP3 server may answer: a mail, a list of the mails, a line. */
final class Pop3Answers extends AnswerLimit {
    /** Room for the unique ids of {@link #MOST_MAILS} mails; these are at most 70 characters (RFC 1939 §7). */
    private static final long LARGEST_LIST = 16_000_000;

    /** RFC 2449 §4 allows 512 bytes; errors of some servers tell more. */
    private static final int LONGEST_STATUS = 64_000;

    /** The mail library makes an object of each mail that STAT tells of, about 400 bytes with its id. */
    private static final int MOST_MAILS = 200_000;

    /** What the library takes for it: the first word behind the first space. */
    private static final Pattern COUNT = Pattern.compile("\\+OK[^ ]* \\s*(\\+?\\d+)(?!\\S)");

    private final long largest;
    private final StringBuilder status = new StringBuilder();
    private boolean mail;
    private boolean first = true;
    private boolean lineBegins = true;
    private boolean isStatus;

    Pop3Answers(long largest) {
        super(LARGEST_LIST);
        this.largest = largest;
    }

    /** A mail alone goes through the library without being collected, so only it may be large. */
    @Override
    protected void asked(String command) {
        boolean whole = command.startsWith("RETR");
        mail = whole || command.startsWith("TOP");
        most(whole ? largest + LARGEST_LIST : LARGEST_LIST);
        first = true;
    }

    @Override
    protected void came(byte one) throws IOException {
        if (one == '\r' || one == '\n') {
            ended();
            return;
        }
        if (lineBegins) {
            isStatus = first || (one == '+' && !mail); // an answer may be here before it is asked for
            lineBegins = false;
        }
        if (isStatus) {
            if (status.length() >= LONGEST_STATUS) {
                throw refused("it sent a line of more than " + LONGEST_STATUS + " bytes, which is not read further");
            }
            status.append((char) (one & 0xff));
        }
    }

    private void ended() throws IOException {
        Matcher count = COUNT.matcher(status);
        if (isStatus && !mail && count.lookingAt() && isMany(count.group(1))) {
            throw refused("it has more than " + MOST_MAILS
                    + " mails, which are too many for pop3; move old ones elsewhere, or use imap");
        }
        first = first && lineBegins;
        lineBegins = true;
        isStatus = false;
        status.setLength(0);
    }

    private static boolean isMany(String number) {
        return number.length() > 6 || Integer.parseInt(number) > MOST_MAILS;
    }
}
