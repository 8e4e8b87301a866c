// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smshttp;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Kannel answers to sendsms, and what an SMS centre says behind its delivery reports. */
final class ErrorTable {
    /** What stands for a receipt whose {@code stat} is EXPIRED; no command status is negative. */
    private static final int EXPIRED = -1;

    /** The command status of SMPP (SMPP 3.4, 5.1.3) in {@code NACK/0x0000000b/…}. */
    static final ErrorCodes<Integer> REPORTS = ErrorCodes.<Integer>of("Kannel")
            .refused(Reason.RECIPIENT_UNKNOWN, "", 0x0b)
            .refused(Reason.CONTENT_REFUSED, "", 0x01, 0x0a, 0x44, 0x45, 0x66)
            .refused(Reason.THROTTLED, "", 0x14, 0x58)
            .refused(Reason.PROVIDER_DOWN, "", 0x08, 0x64, 0x65)
            .refused(Reason.EXPIRED, "", EXPIRED);

    private static final Pattern NACK = Pattern.compile("NACK/0x0*([0-9A-Fa-f]{1,7})\\b.*", Pattern.DOTALL);
    private static final Pattern STAT_EXPIRED = Pattern.compile("\\bstat:EXPIRED\\b");

    private ErrorTable() {}

    /** The code in the reply of the centre, {@code %A}; 0 for none. */
    static int code(String reply) {
        Matcher nack = NACK.matcher(reply);
        return nack.matches()
                ? Integer.parseInt(nack.group(1), 16)
                : STAT_EXPIRED.matcher(reply).find() ? EXPIRED : 0;
    }

    /** @param reference what Kannel puts into its reports of the message: it has no id of its own */
    static Outcome outcome(Response response, String reference) {
        if (response.ok()) {
            return new Outcome.Sent(reference);
        }
        String text = new String(response.body(), StandardCharsets.ISO_8859_1);
        if (response.status() == 403 && text.contains("Not routable")) { // also while the SMS centre is stopped
            return new Outcome.Retry(Reason.PROVIDER_DOWN, "Kannel answered 403: there is no route to an SMS centre");
        }
        if (response.status() == 400 && text.toLowerCase(Locale.ROOT).contains("receiver")) {
            return new Outcome.Refused(Reason.RECIPIENT_UNKNOWN, "Kannel answered 400: it does not take the number");
        }
        return Outcome.of(response, "Kannel");
    }
}
