// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport.SmtpReply;
import io.dragoman.model.Reason;
import java.util.Set;

/** Replies and enhanced status codes (RFC 5321, RFC 3463) in our words. */
public final class ErrorTable {
    private static final Set<Integer> LOGIN = Set.of(432, 454, 530, 534, 535, 538);

    /** RFC 4954 §6; 432 and 454 pass. */
    private static final Set<Integer> LOGIN_REFUSED = Set.of(530, 534, 535, 538);

    private ErrorTable() {}

    /** Whether a mail server refused user or secret, so that it took nothing. */
    static boolean isLoginRefused(SmtpReply reply) {
        return LOGIN_REFUSED.contains(reply.code());
    }

    /**
     * What became of a mail that was handed over.
     *
     * @param messageId of the mail
     */
    public static Outcome outcome(SmtpReply reply, String messageId) {
        String detail = ("the mail server answered " + reply.code() + " " + reply.enhanced()).trim();
        if (reply.code() >= 200 && reply.code() < 300) {
            return new Outcome.Sent(messageId);
        }
        Reason reason = reason(reply.code(), reply.enhanced());
        return reply.code() >= 400 && reply.code() < 500
                ? new Outcome.Retry(reason, detail)
                : new Outcome.Refused(reason, detail);
    }

    private static Reason reason(int code, String enhanced) {
        if (LOGIN.contains(code)) {
            return Reason.AUTHENTICATION_FAILED;
        }
        if (!enhanced.isEmpty()) {
            return reason(enhanced);
        }
        return switch (code) {
            case 421 -> Reason.PROVIDER_DOWN;
            case 450, 451, 452 -> Reason.THROTTLED;
            case 550, 551, 553 -> Reason.RECIPIENT_UNKNOWN;
            case 552 -> Reason.TOO_LARGE;
            default -> code < 500 ? Reason.PROVIDER_DOWN : Reason.CONTENT_REFUSED;
        };
    }

    /** What an enhanced status code such as {@code 5.1.1} means; the first digit only says whether for good. */
    static Reason reason(String enhanced) {
        String rest = enhanced.substring(Math.min(enhanced.length(), enhanced.indexOf('.') + 1));
        boolean temporary = enhanced.startsWith("4");
        return switch (rest) {
            case "1.8", "1.7" -> Reason.ACCOUNT_BLOCKED; // our own address is the one refused
            case "2.3", "3.4" -> Reason.TOO_LARGE;
            case "2.2" -> Reason.PROVIDER_DOWN; // mailbox full
            case "4.7" -> Reason.TIMEOUT;
            case "7.8", "7.9", "7.30", "7.57" -> Reason.AUTHENTICATION_FAILED;
            default -> bySubject(rest, temporary);
        };
    }

    /**
     * What a code means in a bounce. Its sender had taken the mail from us before: a refused login is none of ours, and
     * an address that stayed unknown until the sender gave up is unknown.
     */
    static Reason bounce(String enhanced) {
        String last = enhanced.startsWith("4.1.") ? "5" + enhanced.substring(1) : enhanced;
        Reason reason = reason(last);
        return reason == Reason.AUTHENTICATION_FAILED ? Reason.CONTENT_REFUSED : reason;
    }

    /** What a bare reply code means in a bounce. */
    static Reason bounce(int code) {
        return switch (code) {
            case 521, 550, 551, 553, 556 -> Reason.RECIPIENT_UNKNOWN;
            case 523, 552 -> Reason.TOO_LARGE;
            default -> code < 500 ? Reason.PROVIDER_DOWN : Reason.CONTENT_REFUSED;
        };
    }

    private static Reason bySubject(String rest, boolean temporary) {
        if (temporary) {
            return rest.startsWith("7.") ? Reason.THROTTLED : Reason.PROVIDER_DOWN; // 4.7.x: greylisting, rate limits
        }
        return switch (rest.isEmpty() ? '0' : rest.charAt(0)) {
            case '1', '2' -> Reason.RECIPIENT_UNKNOWN;
            case '4' -> rest.equals("4.1") || rest.equals("4.4") ? Reason.RECIPIENT_UNKNOWN : Reason.PROVIDER_DOWN;
            case '3' -> Reason.PROVIDER_DOWN;
            default -> Reason.CONTENT_REFUSED;
        };
    }
}
