// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the Graph API's error codes mean, whichever product answers. The code decides, not the HTTP status, for Meta
 * answers with one only for what it did not do: https://developers.facebook.com/docs/graph-api/guides/error-handling.
 */
public final class GraphErrors {
    static final int WRONG_PARAMETER = 100;
    private static final int UNKNOWN_AT_META = 1;
    private static final int NO_CODE = -1;
    /** "Received invalid JSON reply", which Meta answers though it sent the message, as its page of error codes says. */
    private static final int SENT_ALL_THE_SAME = 1357046;

    /** A day, in minutes. */
    private static final int LONGEST_WAIT = 1440;

    private GraphErrors() {}

    /** The codes of all products, to which a channel adds its own; {@code product} begins the operator's sentences. */
    public static ErrorCodes<Integer> of(String product) {
        return ErrorCodes.<Integer>of(product)
                .sureOnServerErrors()
                .passing(Reason.PROVIDER_DOWN, "an unknown error at Meta", UNKNOWN_AT_META)
                .passing(Reason.PROVIDER_DOWN, "Meta's service is down or overloaded", 2)
                .passing(Reason.THROTTLED, "the app made too many calls", 4)
                .refused(Reason.CONTENT_REFUSED, "a parameter is wrong or too long", WRONG_PARAMETER)
                .refused(Reason.ACCOUNT_BLOCKED, "the account is blocked for a breach of policy", 368)
                .refused(Reason.AUTHENTICATION_FAILED, "the access token is not valid", 0)
                .refused(Reason.AUTHENTICATION_FAILED, "the access token lacks a permission", 3, 10)
                .refused(Reason.AUTHENTICATION_FAILED, "the access token lacks a permission", range(200, 299))
                .refused(Reason.AUTHENTICATION_FAILED, "the access token expired: set a new one", 190);
    }

    /** All codes from {@code first} to {@code last}. */
    public static Integer[] range(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toArray(Integer[]::new);
    }

    /** How an attempt ended that was not answered with success. */
    public static Outcome outcome(ErrorCodes<Integer> codes, Response response) {
        // with "unknown error" on a 5xx Meta does not know itself whether it was sent
        boolean vague = code(response) == UNKNOWN_AT_META && response.status() >= 500;
        int subcode = response.json().path("error").path("error_subcode").asInt(NO_CODE);
        if (subcode == SENT_ALL_THE_SAME) {
            return new Outcome.Uncertain(Reason.PROVIDER_DOWN, "Meta answered with an error, and may have sent it");
        }
        if (isWrongToken(response)) {
            return new Outcome.Refused(
                    Reason.RECIPIENT_UNKNOWN, "the notification token is not valid, or has expired (code 100)");
        }
        // 0 says that there is none, and is a code of its own
        int code = subcode != 0 && codes.find(subcode).isPresent() ? subcode : code(response);
        return waiting(codes.outcome(response, vague ? NO_CODE : code), response);
    }

    /** Only the message tells it from other wrong parameters, in Meta's page of error codes. */
    private static boolean isWrongToken(Response response) {
        String message = response.json().path("error").path("message").asText("");
        return code(response) == WRONG_PARAMETER && message.contains("notification_messages_token");
    }

    /** Meta says in a header of its own for how long an app called too often, in minutes by account and kind of call. */
    private static Outcome waiting(Outcome outcome, Response response) {
        if (!(outcome instanceof Outcome.Retry retry) || retry.after() != null || retry.reason() != Reason.THROTTLED) {
            return outcome;
        }
        int minutes = 0;
        for (JsonNode waits : usage(response).findValues("estimated_time_to_regain_access")) {
            minutes = Math.max(minutes, waits.asInt());
        }
        Duration asked = Duration.ofMinutes(Math.min(minutes, LONGEST_WAIT));
        return minutes == 0 ? outcome : new Outcome.Retry(retry.reason(), retry.detail(), asked);
    }

    private static JsonNode usage(Response response) {
        byte[] header =
                response.headers().getOrDefault("x-business-use-case-usage", "").getBytes(StandardCharsets.UTF_8);
        return new Response(response.status(), Map.of(), header).json();
    }

    static int code(Response response) {
        return response.json().path("error").path("code").asInt(NO_CODE);
    }
}
