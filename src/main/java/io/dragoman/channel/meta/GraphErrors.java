// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Reason;
import java.util.stream.IntStream;

/**
 * What the Graph API's error codes mean, whichever product answers. The code decides, not the HTTP status, for Meta
 * answers with one only for what it did not do: https://developers.facebook.com/docs/graph-api/guides/error-handling.
 */
public final class GraphErrors {
    static final int WRONG_PARAMETER = 100;
    private static final int UNKNOWN_AT_META = 1;
    private static final int NO_CODE = -1;

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
        return codes.outcome(response, vague ? NO_CODE : code(response));
    }

    static int code(Response response) {
        return response.json().path("error").path("code").asInt(NO_CODE);
    }
}
