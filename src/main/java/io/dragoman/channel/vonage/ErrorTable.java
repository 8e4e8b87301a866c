// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.vonage;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Vonage's answers and the codes in its delivery receipts mean. */
final class ErrorTable {
    /** {@code err-code} of a receipt: https://developer.vonage.com/en/messaging/sms/guides/delivery-receipts. */
    static final ErrorCodes<Integer> RECEIPTS = ErrorCodes.<Integer>of("Vonage")
            .refused(Reason.RECIPIENT_UNKNOWN, "", 2, 3, 7, 9, 14, 39)
            .refused(Reason.RECIPIENT_OPTED_OUT, "", 4, 20, 21, 54)
            .refused(Reason.EXPIRED, "", 5, 8)
            .refused(Reason.CONTENT_REFUSED, "", 6, 10, 13, 16, 50, 51, 52, 53, 1340, 1380)
            .refused(Reason.PROVIDER_DOWN, "", 11, 12, 99)
            .refused(Reason.ACCOUNT_BLOCKED, "", 15);

    /** {@code status} of one message in an answer of the SMS API, which is 200 all the same. */
    private static final ErrorCodes<Integer> CODES = ErrorCodes.<Integer>of("Vonage")
            .passing(Reason.THROTTLED, "too many requests a second", 1, 10)
            .passing(Reason.PROVIDER_DOWN, "an error inside Vonage", 5)
            .refused(Reason.CONTENT_REFUSED, "a parameter is missing or wrong", 2, 3, 6, 22, 23)
            .refused(Reason.CONTENT_REFUSED, "from is not a sender that may be used there", 15)
            .refused(Reason.AUTHENTICATION_FAILED, "apiKey or apiSecret is wrong", 4)
            .refused(Reason.AUTHENTICATION_FAILED, "the account demands or refuses signed requests", 14, 32)
            .refused(Reason.RECIPIENT_OPTED_OUT, "the number is on Vonage's list of those not to be written to", 7)
            .refused(Reason.ACCOUNT_BLOCKED, "the account is barred, or may not use this API", 8, 11)
            .refused(Reason.ACCOUNT_BLOCKED, "there is no credit left", 9)
            .refused(Reason.ACCOUNT_BLOCKED, "a trial account writes to listed numbers alone", 29)
            .refused(Reason.TOO_LARGE, "the text is too long", 12)
            .refused(Reason.RECIPIENT_UNKNOWN, "the number is not in use any more", 33);

    private static final Pattern WAIT = Pattern.compile("wait \\[\\s*([0-9]{1,6})\\s*]");

    private ErrorTable() {}

    static Outcome outcome(Response response) {
        JsonFields answer = JsonFields.of(response.json());
        if (!response.ok()) {
            return response.status() == 402
                    ? new Outcome.Refused(Reason.ACCOUNT_BLOCKED, "Vonage answered 402: there is no credit left")
                    : Outcome.of(response, "Vonage");
        }
        List<JsonFields> pieces = answer.each("messages");
        return pieces.isEmpty() ? new Outcome.Sent(answer.word("message_uuid")) : pieces(response, pieces);
    }

    /** The SMS API tells of each short message of a long text; the first one's id stands for all. */
    private static Outcome pieces(Response response, List<JsonFields> pieces) {
        long taken = pieces.stream()
                .filter(piece -> "0".equals(piece.word("status")))
                .count();
        if (taken == pieces.size()) {
            return new Outcome.Sent(pieces.get(0).word("message-id"));
        }
        if (taken > 0) {
            return new Outcome.Sent(
                    pieces.get(0).word("message-id"),
                    List.of("Vonage took " + taken + " of the " + pieces.size() + " short messages of this text."));
        }
        int code = code(pieces.get(0).word("status"));
        Outcome outcome = CODES.find(code).isPresent()
                ? CODES.outcome(response, code)
                : new Outcome.Refused(Reason.CONTENT_REFUSED, "Vonage answered 200 with code " + code);
        return outcome instanceof Outcome.Retry retry && retry.reason() == Reason.THROTTLED
                ? new Outcome.Retry(retry.reason(), retry.detail(), wait(pieces.get(0)))
                : outcome;
    }

    private static @Nullable Duration wait(JsonFields piece) {
        String text = piece.word("error-text");
        Matcher matcher = WAIT.matcher(text == null ? "" : text);
        return matcher.find() ? Duration.ofMillis(Long.parseLong(matcher.group(1))) : null;
    }

    /** A code that is a number of up to six digits; -1 for anything else. */
    static int code(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
    }
}
