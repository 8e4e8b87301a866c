// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.viber;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Reason;

/** What Viber's {@code status} means; its HTTP status is 200 whatever happened. */
final class ErrorTable {
    static final int WRONG_TOKEN = 2;

    static final ErrorCodes<Integer> CODES = ErrorCodes.<Integer>of("Viber")
            .refused(Reason.CONTENT_REFUSED, "", 3, 4, 16, 17, 18, 19, 20, 22)
            .refused(Reason.MEDIA_REFUSED, "Viber does not take an address", 1)
            .refused(Reason.AUTHENTICATION_FAILED, "authToken is not the bot's", WRONG_TOKEN)
            .refused(Reason.RECIPIENT_UNKNOWN, "", 5)
            .refused(Reason.RECIPIENT_OPTED_OUT, "the customer has not subscribed", 6)
            .refused(Reason.ACCOUNT_BLOCKED, "", 7, 8, 9)
            .refused(Reason.ACCOUNT_BLOCKED, "the bot has no webhook: ./dragoman connect sets it", 10)
            .refused(Reason.UNSUPPORTED, "no device of the customer's can show it", 11)
            .passing(Reason.THROTTLED, "", 12)
            .refused(Reason.UNSUPPORTED, "", 13, 14, 15)
            .refused(Reason.UNSUPPORTED, "Viber does not serve the customer's country", 21)
            .refused(Reason.WINDOW_CLOSED, "the month's free messages to who did not write are used up", 23)
            .refused(Reason.ACCOUNT_BLOCKED, "the account has no balance", 24);

    private ErrorTable() {}

    static Outcome outcome(Response response) {
        JsonNode status = response.json().path("status");
        if (!response.ok()) {
            return Outcome.of(response, "Viber");
        }
        if (!status.isInt()) {
            return new Outcome.Uncertain(Reason.PROVIDER_DOWN, "Viber answered without a status");
        }
        return status.intValue() == 0
                ? new Outcome.Sent(JsonFields.of(response.json()).word("message_token"))
                : CODES.outcome(response, status.intValue());
    }
}
