// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a POP3 server may answer: a mail, a list of the mails, a line. A server that offers {@code UTF8} (RFC 6856) is asked
 * for it before the login: Courier's gives out a notice instead of each mail with raw 8-bit header bytes otherwise. The
 * mail library has no way to ask, and writes users and passwords in ISO-8859-1. It also takes the challenge with which
 * XOAUTH2 refuses a token for a success.
 */
final class Pop3Answers extends AnswerLimit {
    /** Room for the unique ids of {@link #MOST_MAILS} mails; these are at most 70 characters (RFC 1939 §7). */
    private static final long LARGEST_LIST = 16_000_000;

    /** RFC 2449 §4 allows 512 bytes; errors of some servers tell more. */
    private static final int LONGEST_STATUS = 64_000;

    /** The mail library makes an object of each mail that STAT tells of, about 400 bytes with its id. */
    private static final int MOST_MAILS = 200_000;

    /** What the library takes for it: the first word behind the first space. */
    private static final Pattern COUNT = Pattern.compile("\\+OK[^ ]* \\s*(\\+?\\d+)(?!\\S)");

    /** Of a line of CAPA (RFC 2449 §4 allows 512 bytes); no more is looked at. */
    private static final int LONGEST_CAPABILITY = 512;

    private final MailServer server;
    private final long largest;
    private final StringBuilder line = new StringBuilder();
    private boolean offersUtf8;
    private boolean offersUtf8User;
    private boolean capabilities;
    private boolean mail;
    /** What of the login with a token was written, its token last. */
    private Token token = Token.NOTHING;

    private boolean first = true;
    private boolean lineBegins = true;
    private boolean isStatus;

    private enum Token {
        NOTHING,
        COMMAND,
        TOKEN
    }

    Pop3Answers(MailServer server, long largest) {
        super(LARGEST_LIST);
        this.server = server;
        this.largest = largest;
    }

    /** A mail alone goes through the library without being collected, so only it may be large. */
    @Override
    protected void asked(String command) {
        boolean whole = command.startsWith("RETR");
        mail = whole || command.startsWith("TOP");
        most(whole ? largest + LARGEST_LIST : LARGEST_LIST);
        first = true;
        token = command.startsWith("AUTH XOAUTH2")
                ? Token.COMMAND
                : token == Token.COMMAND ? Token.TOKEN : Token.NOTHING;
        capabilities = command.startsWith("CAPA");
        if (capabilities) { // what was offered before STLS counts for nothing (RFC 2595 §4)
            offersUtf8 = false;
            offersUtf8User = false;
        }
    }

    @Override
    protected @Nullable String ahead(String command) {
        if (!offersUtf8 || !(command.startsWith("USER ") || command.startsWith("AUTH "))) {
            return null;
        }
        offersUtf8 = false; // asked for once
        return "UTF8";
    }

    /** RFC 6856 §2.2: UTF-8 in USER and PASS only where CAPA says {@code UTF8 USER}, whether UTF8 was asked for or not. */
    @Override
    protected byte[] outgoing(String command, byte[] written) {
        boolean user = command.startsWith("USER ");
        if (server.isInAscii() || !(user || command.startsWith("PASS "))) {
            return written;
        }
        if (!offersUtf8User) {
            noLogin((MailServer.isAscii(server.user()) ? "pop3.password" : "pop3.user")
                    + " has letters outside ASCII, for which the server offers neither UTF8 USER nor SASL PLAIN;"
                    + " take one without them, or use imap");
        }
        String value = user || server.password() == null
                ? server.user()
                : server.password().value();
        return (command.substring(0, 5) + value + "\r\n").getBytes(StandardCharsets.UTF_8);
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
        if (isStatus && line.length() >= LONGEST_STATUS) {
            throw refused("it sent a line of more than " + LONGEST_STATUS + " bytes, which is not read further");
        }
        if (isStatus || (capabilities && line.length() < LONGEST_CAPABILITY)) {
            line.append((char) (one & 0xff));
        }
    }

    private void ended() throws IOException {
        if (isStatus) {
            if (token == Token.TOKEN && line.indexOf("+ ") == 0) {
                noLogin("the login was refused; correct pop3.user and pop3.token, or oauth");
            }
            count();
        } else if (capabilities) {
            offered(Arrays.asList(line.toString().toUpperCase(Locale.ROOT).split(" +")));
        }
        first = first && lineBegins;
        lineBegins = true;
        isStatus = false;
        line.setLength(0);
    }

    private void count() throws IOException {
        Matcher count = COUNT.matcher(line);
        if (!mail && count.lookingAt() && isMany(count.group(1))) {
            throw refused("it has more than " + MOST_MAILS
                    + " mails, which are too many for pop3; move old ones elsewhere, or use imap");
        }
    }

    private void offered(List<String> words) {
        if (words.get(0).equals("UTF8")) {
            offersUtf8 = true;
            offersUtf8User = words.contains("USER");
        }
    }

    private static boolean isMany(String number) {
        return number.length() > 6 || Integer.parseInt(number) > MOST_MAILS;
    }
}
