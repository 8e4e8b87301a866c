// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import static io.dragoman.model.Reason.ACCOUNT_BLOCKED;
import static io.dragoman.model.Reason.AUTHENTICATION_FAILED;
import static io.dragoman.model.Reason.CONTENT_REFUSED;
import static io.dragoman.model.Reason.MEDIA_REFUSED;
import static io.dragoman.model.Reason.PROVIDER_DOWN;
import static io.dragoman.model.Reason.RECIPIENT_OPTED_OUT;
import static io.dragoman.model.Reason.RECIPIENT_UNKNOWN;
import static io.dragoman.model.Reason.THROTTLED;
import static io.dragoman.model.Reason.UNSUPPORTED;
import static io.dragoman.model.Reason.WINDOW_CLOSED;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * What Meta's error codes mean. The code decides, not the HTTP status, for Meta answers with one only for what it did
 * not send: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes.
 */
final class GraphError {
    /** One customer may be written to once in six seconds. */
    private static final Duration PAIR_PAUSE = Duration.ofSeconds(6);

    private static final int UNKNOWN_AT_META = 1;
    private static final int NO_CODE = -1;

    private static final ErrorCodes<Integer> CODES = ErrorCodes.<Integer>of("WhatsApp")
            .sureOnServerErrors()
            .passing(THROTTLED, "the app made too many calls", 4)
            .passing(THROTTLED, "the account reached its rate limit", 80007)
            .passing(THROTTLED, "the number sends too many messages a second", 130429)
            .passing(THROTTLED, "slowed down because customers blocked or reported the number", 131048)
            .passing(PAIR_PAUSE, THROTTLED, "too many messages to this customer in a short time", 131056)
            .passing(THROTTLED, "the number was registered too often", 133016)
            .refused(THROTTLED, "Meta holds back marketing to this customer for a day or more", 131049)
            .refused(THROTTLED, "templates are limited because of a wrong category", 131064)
            .passing(PROVIDER_DOWN, "an unknown error at Meta", UNKNOWN_AT_META)
            .passing(PROVIDER_DOWN, "Meta's service is down or overloaded", 2)
            .passing(PROVIDER_DOWN, "something went wrong at Meta", 131000)
            .passing(PROVIDER_DOWN, "a service at Meta is unavailable", 131016)
            .passing(PROVIDER_DOWN, "the account is under maintenance", 131057)
            .passing(PROVIDER_DOWN, "Meta's server is unavailable", 133004)
            .passing(MEDIA_REFUSED, "the medium could not be taken over", 131053)
            .refused(MEDIA_REFUSED, "the medium could not be downloaded", 131052)
            .refused(CONTENT_REFUSED, "a parameter is wrong or too long", 100)
            .refused(CONTENT_REFUSED, "a parameter is missing", 131008)
            .refused(CONTENT_REFUSED, "a parameter has a value that is not allowed", 131009)
            .refused(RECIPIENT_UNKNOWN, "the number cannot write to itself", 131021)
            .refused(RECIPIENT_UNKNOWN, "the customer has no WhatsApp or cannot be reached", 131026)
            .refused(RECIPIENT_UNKNOWN, "a test number writes only to the numbers on its list", 131030)
            .refused(WINDOW_CLOSED, "24 hours since the customer wrote: only templates are taken", 131047)
            .refused(RECIPIENT_OPTED_OUT, "the customer wants no marketing", 131050)
            .refused(UNSUPPORTED, "the type of message is not supported", 131051)
            .refused(CONTENT_REFUSED, "the flow is blocked", 132068)
            .refused(CONTENT_REFUSED, "the flow is throttled", 132069)
            .refused(CONTENT_REFUSED, "Meta tries out not to deliver to this customer", 130472)
            .refused(CONTENT_REFUSED, "the content is refused", 137000)
            .refused(ACCOUNT_BLOCKED, "the account may not write to this country", 130497)
            .refused(ACCOUNT_BLOCKED, "the business number was deleted", 33)
            .refused(ACCOUNT_BLOCKED, "the account is blocked for a breach of policy", 368)
            .refused(ACCOUNT_BLOCKED, "the account is locked", 131031)
            .refused(ACCOUNT_BLOCKED, "a payment is due", 131042)
            .refused(ACCOUNT_BLOCKED, "the business number is not registered", 133010)
            .refused(AUTHENTICATION_FAILED, "the access token is not valid", 0)
            .refused(AUTHENTICATION_FAILED, "the business number is not fully registered", 131045)
            .refused(AUTHENTICATION_FAILED, "the access token expired: set a new one", 190)
            .refused(AUTHENTICATION_FAILED, "the access token lacks a permission", 3, 10, 131005)
            .refused(AUTHENTICATION_FAILED, "the access token lacks a permission", range(200, 299))
            .refused(CONTENT_REFUSED, "the template is missing, paused or has wrong parameters", range(132000, 132067))
            .refused(CONTENT_REFUSED, "the template is missing, paused or has wrong parameters", range(132070, 132099));

    private GraphError() {}

    private static Integer[] range(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toArray(Integer[]::new);
    }

    /** Our word for a code, documented or not. */
    static Reason reason(int code) {
        return CODES.find(code).map(ErrorCodes.Meaning::reason).orElse(CONTENT_REFUSED);
    }

    /** The code and what it means, for the operator. */
    static String describe(int code) {
        return code < 0
                ? "WhatsApp gave no error code"
                : "WhatsApp code " + code + ": "
                        + CODES.find(code).map(ErrorCodes.Meaning::text).orElse("an error that is not documented");
    }

    /** How an attempt ended that was not answered with success. */
    static Outcome outcome(Response response) {
        int code = response.json().path("error").path("code").asInt(NO_CODE);
        // with "unknown error" on a 5xx Meta does not know itself whether it was sent
        boolean vague = code == UNKNOWN_AT_META && response.status() >= 500;
        return CODES.outcome(response, vague ? NO_CODE : code);
    }
}
