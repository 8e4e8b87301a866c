// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import static java.util.Map.entry;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.Map;

/**
 * What Meta's error codes mean. The code decides, not the HTTP status:
 * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes.
 *
 * @param again whether another try may succeed; Meta answers with a code only for what it did not send
 * @param meaning for the operator
 */
record GraphError(boolean again, Reason reason, String meaning) {
    /** One customer may be written to once in six seconds. */
    private static final Duration PAIR_PAUSE = Duration.ofSeconds(6);

    private static final int PAIR_RATE = 131056;
    private static final int UNKNOWN_AT_META = 1;

    private static final GraphError UNKNOWN =
            new GraphError(false, Reason.CONTENT_REFUSED, "an error that is not documented");
    private static final GraphError TEMPLATE =
            refused(Reason.CONTENT_REFUSED, "the template is missing, paused or was given the wrong parameters");
    private static final GraphError PERMISSION =
            refused(Reason.AUTHENTICATION_FAILED, "the access token lacks a permission");

    private static final Map<Integer, GraphError> BY_CODE = Map.ofEntries(
            entry(4, again(Reason.THROTTLED, "the app made too many calls")),
            entry(80007, again(Reason.THROTTLED, "the account reached its rate limit")),
            entry(130429, again(Reason.THROTTLED, "the number sends too many messages a second")),
            entry(131048, again(Reason.THROTTLED, "slowed down because customers blocked or reported the number")),
            entry(PAIR_RATE, again(Reason.THROTTLED, "too many messages to this customer in a short time")),
            entry(133016, again(Reason.THROTTLED, "the number was registered too often")),
            entry(131049, refused(Reason.THROTTLED, "Meta holds back marketing to this customer for a day or more")),
            entry(131064, refused(Reason.THROTTLED, "templates are limited because of a wrong category")),
            entry(UNKNOWN_AT_META, again(Reason.PROVIDER_DOWN, "an unknown error at Meta")),
            entry(2, again(Reason.PROVIDER_DOWN, "Meta's service is down or overloaded")),
            entry(131000, again(Reason.PROVIDER_DOWN, "something went wrong at Meta")),
            entry(131016, again(Reason.PROVIDER_DOWN, "a service at Meta is unavailable")),
            entry(131057, again(Reason.PROVIDER_DOWN, "the account is under maintenance")),
            entry(133004, again(Reason.PROVIDER_DOWN, "Meta's server is unavailable")),
            entry(131053, again(Reason.MEDIA_REFUSED, "the medium could not be taken over")),
            entry(131052, refused(Reason.MEDIA_REFUSED, "the medium could not be downloaded")),
            entry(100, refused(Reason.CONTENT_REFUSED, "a parameter is wrong or too long")),
            entry(131008, refused(Reason.CONTENT_REFUSED, "a parameter is missing")),
            entry(131009, refused(Reason.CONTENT_REFUSED, "a parameter has a value that is not allowed")),
            entry(131021, refused(Reason.RECIPIENT_UNKNOWN, "the number cannot write to itself")),
            entry(131026, refused(Reason.RECIPIENT_UNKNOWN, "the customer has no WhatsApp or cannot be reached")),
            entry(131030, refused(Reason.RECIPIENT_UNKNOWN, "a test number writes only to the numbers on its list")),
            entry(131047, refused(Reason.WINDOW_CLOSED, "24 hours since the customer wrote: only templates are taken")),
            entry(131050, refused(Reason.RECIPIENT_OPTED_OUT, "the customer wants no marketing")),
            entry(131051, refused(Reason.UNSUPPORTED, "the type of message is not supported")),
            entry(132068, refused(Reason.CONTENT_REFUSED, "the flow is blocked")),
            entry(132069, refused(Reason.CONTENT_REFUSED, "the flow is throttled")),
            entry(130472, refused(Reason.CONTENT_REFUSED, "Meta tries out not to deliver to this customer")),
            entry(137000, refused(Reason.CONTENT_REFUSED, "the content is refused")),
            entry(130497, refused(Reason.ACCOUNT_BLOCKED, "the account may not write to this country")),
            entry(33, refused(Reason.ACCOUNT_BLOCKED, "the business number was deleted")),
            entry(368, refused(Reason.ACCOUNT_BLOCKED, "the account is blocked for a breach of policy")),
            entry(131031, refused(Reason.ACCOUNT_BLOCKED, "the account is locked")),
            entry(131042, refused(Reason.ACCOUNT_BLOCKED, "a payment is due")),
            entry(133010, refused(Reason.ACCOUNT_BLOCKED, "the business number is not registered")),
            entry(0, refused(Reason.AUTHENTICATION_FAILED, "the access token is not valid")),
            entry(3, PERMISSION),
            entry(10, PERMISSION),
            entry(131005, PERMISSION),
            entry(131045, refused(Reason.AUTHENTICATION_FAILED, "the business number is not fully registered")),
            entry(190, refused(Reason.AUTHENTICATION_FAILED, "the access token expired: set a new one")));

    /** The meaning of a code; never null. */
    static GraphError of(int code) {
        GraphError error = BY_CODE.get(code);
        if (error != null) {
            return error;
        }
        if (code >= 200 && code <= 299) {
            return PERMISSION;
        }
        return code >= 132000 && code <= 132099 ? TEMPLATE : UNKNOWN;
    }

    /** The code and what it means, for the operator. */
    static String describe(int code) {
        return code < 0 ? "WhatsApp gave no error code" : "WhatsApp code " + code + ": " + of(code).meaning;
    }

    /** How an attempt ended that was not answered with success. */
    static Outcome outcome(Response response) {
        int code = code(response);
        GraphError error = of(code);
        // with "unknown error" on a 5xx Meta does not know itself whether it was sent
        boolean vague = error.equals(UNKNOWN) || (code == UNKNOWN_AT_META && response.status() >= 500);
        if (vague || response.status() == 429 || response.status() == 503) {
            return Outcome.of(response, "WhatsApp");
        }
        String detail = "WhatsApp answered " + response.status() + ", code " + code + ": " + error.meaning;
        if (!error.again) {
            return new Outcome.Refused(error.reason, detail);
        }
        Duration after = response.retryAfter().orElse(code == PAIR_RATE ? PAIR_PAUSE : null);
        return new Outcome.Retry(error.reason, detail, after);
    }

    private static int code(Response response) {
        return response.json().path("error").path("code").asInt(-1);
    }

    private static GraphError again(Reason reason, String meaning) {
        return new GraphError(true, reason, meaning);
    }

    private static GraphError refused(Reason reason, String meaning) {
        return new GraphError(false, reason, meaning);
    }
}
