// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What {@code errcode} means (spec.matrix.org, client-server API, "Standard error response"). */
final class ErrorTable {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String TOKEN = "accessToken is not valid any more; log the account in and set the new one";

    static final ErrorCodes<String> CODES = ErrorCodes.<String>of("the homeserver")
            .refused(Reason.AUTHENTICATION_FAILED, TOKEN, "M_UNKNOWN_TOKEN")
            .refused(Reason.AUTHENTICATION_FAILED, "accessToken is missing", "M_MISSING_TOKEN")
            .refused(
                    Reason.ACCOUNT_BLOCKED,
                    "the account is closed or locked; its server's administrator knows why",
                    "M_USER_DEACTIVATED",
                    "M_USER_LOCKED",
                    "M_USER_SUSPENDED")
            .refused(
                    Reason.ACCOUNT_BLOCKED,
                    "the account has to accept its server's terms: log in as a person once",
                    "M_CONSENT_NOT_GIVEN")
            .refused(
                    Reason.ACCOUNT_BLOCKED,
                    "the account or its server is at a limit of its plan",
                    "M_USER_LIMIT_EXCEEDED",
                    "M_RESOURCE_LIMIT_EXCEEDED")
            .refused(
                    Reason.RECIPIENT_UNKNOWN,
                    "the account is not in the room, or may not do that there",
                    "M_FORBIDDEN",
                    "M_GUEST_ACCESS_FORBIDDEN")
            .refused(Reason.RECIPIENT_OPTED_OUT, "the user takes no invitations", "M_INVITE_BLOCKED")
            .refused(Reason.RECIPIENT_UNKNOWN, "the room or user is not there", "M_NOT_FOUND")
            .refused(Reason.TOO_LARGE, "", "M_TOO_LARGE")
            .refused(
                    Reason.CONTENT_REFUSED,
                    "",
                    "M_BAD_JSON",
                    "M_NOT_JSON",
                    "M_INVALID_PARAM",
                    "M_MISSING_PARAM",
                    "M_UNSUPPORTED_ROOM_VERSION")
            .refused(Reason.CONTENT_REFUSED, "it knows no such call: is baseUrl right?", "M_UNRECOGNIZED");

    private ErrorTable() {}

    /** How a call ended that makes an event. */
    static Outcome outcome(Response response) {
        if (!response.ok()) {
            return refusal(response);
        }
        JsonNode id = response.json().path("event_id");
        return id.isTextual() && MatrixId.isEvent(id.textValue())
                ? new Outcome.Sent(id.textValue())
                : new Outcome.Uncertain(Reason.PROVIDER_DOWN, "the homeserver answered without an event");
    }

    static Outcome refusal(Response response) {
        int status = response.status();
        if (status == 429 || status == 503) {
            return Outcome.of(status, after(response), "the homeserver");
        }
        return CODES.outcome(response, code(response));
    }

    /** Nothing is lost by a question that was not answered; a refused token waits for a person. */
    static TransportFailure failure(Response response) {
        String code = code(response);
        ErrorCodes.Meaning meaning = CODES.find(code)
                .orElse(new ErrorCodes.Meaning(
                        response.status() == 401 ? Reason.AUTHENTICATION_FAILED : Reason.PROVIDER_DOWN,
                        true,
                        null,
                        response.status() == 401 ? TOKEN : ""));
        String why = meaning.text().isEmpty() ? "" : ": " + meaning.text();
        String detail = "the homeserver answered " + response.status() + why;
        if (meaning.reason() == Reason.AUTHENTICATION_FAILED || meaning.reason() == Reason.ACCOUNT_BLOCKED) {
            boolean expired = response.json().path("soft_logout").asBoolean(false);
            return TransportFailure.loginRefused(
                    detail + (expired ? "; this one expired, and there are tokens that do not" : ""));
        }
        return TransportFailure.notSent(response.status() == 429 ? Reason.THROTTLED : Reason.PROVIDER_DOWN, detail);
    }

    static String code(Response response) {
        return response.json().path("errcode").asText("");
    }

    /** The header; milliseconds in the body of servers that have not the header yet. */
    static @Nullable Duration after(Response response) {
        long millis = response.json().path("retry_after_ms").asLong(-1);
        Duration asked = millis < 0 ? null : Duration.ofMillis(Math.min(millis, DAY.toMillis()));
        return response.retryAfter().orElse(asked);
    }
}
