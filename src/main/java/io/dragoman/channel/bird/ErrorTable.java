// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.bird;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Reason;
import java.util.List;

/** What Bird's answers and the codes in its status reports mean. */
final class ErrorTable {
    /** {@code statusErrorCode} of the classic API and {@code failure.code} of the Channels API. */
    static final ErrorCodes<Integer> REPORTS = ErrorCodes.<Integer>of("Bird")
            .refused(Reason.RECIPIENT_UNKNOWN, "", 1, 5, 6, 15005)
            .refused(Reason.RECIPIENT_OPTED_OUT, "", 103)
            .refused(Reason.ACCOUNT_BLOCKED, "", 101)
            .refused(Reason.CONTENT_REFUSED, "", 104, 105);

    /** {@code errors[].code} of the classic API. */
    private static final ErrorCodes<Integer> CODES = ErrorCodes.<Integer>of("Bird")
            .refused(Reason.AUTHENTICATION_FAILED, "accessKey is wrong", 2)
            .refused(Reason.CONTENT_REFUSED, "a parameter is missing or wrong", 9, 10, 20, 21)
            .refused(Reason.ACCOUNT_BLOCKED, "there is no balance left", 25)
            .passing(Reason.PROVIDER_DOWN, "an error inside Bird", 98, 99);

    private ErrorTable() {}

    static Outcome outcome(Response response) {
        JsonFields answer = JsonFields.of(response.json());
        if (response.ok()) {
            return new Outcome.Sent(answer.word("id"));
        }
        List<JsonFields> errors = answer.each("errors");
        if (errors.isEmpty()) {
            return Outcome.of(response, "Bird");
        }
        String code = errors.get(0).word("code");
        Outcome outcome =
                CODES.outcome(response, code != null && code.matches("[0-9]{1,6}") ? Integer.parseInt(code) : -1);
        String parameter = errors.get(0).word("parameter");
        return outcome instanceof Outcome.Refused refused && parameter != null && parameter.startsWith("recipient")
                ? new Outcome.Refused(Reason.RECIPIENT_UNKNOWN, refused.detail())
                : outcome;
    }
}
