// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import io.dragoman.channel.meta.GraphErrors;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Reason;
import java.time.Duration;

/** What WhatsApp's error codes mean: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes. */
final class ErrorTable {
    /** One customer may be written to once in six seconds. */
    private static final Duration PAIR_PAUSE = Duration.ofSeconds(6);

    private static final String TEMPLATE = "the template is missing, paused or was given the wrong parameters";

    static final ErrorCodes<Integer> CODES = GraphErrors.of("WhatsApp")
            .passing(Reason.THROTTLED, "the account reached its rate limit", 80007)
            .passing(Reason.THROTTLED, "the number sends too many messages a second", 130429)
            .passing(Reason.THROTTLED, "slowed down because customers blocked or reported the number", 131048)
            .passing(Reason.THROTTLED, "a rate limit was reached", 131208)
            .passing(PAIR_PAUSE, Reason.THROTTLED, "too many messages to this customer in a short time", 131056)
            .passing(Reason.THROTTLED, "the number was registered too often", 133016)
            .refused(Reason.THROTTLED, "Meta limits marketing to this customer for a day or more", 131049)
            .refused(Reason.THROTTLED, "templates are limited because of a wrong category", 131064)
            .passing(Reason.PROVIDER_DOWN, "something went wrong or is unavailable at Meta", 131000, 131016, 133004)
            .passing(Reason.PROVIDER_DOWN, "the account is under maintenance", 131057)
            .passing(Reason.PROVIDER_DOWN, "an error that Meta does not explain", 135000)
            .passing(Reason.MEDIA_REFUSED, "the media could not be uploaded", 131053)
            .refused(Reason.MEDIA_REFUSED, "the media could not be downloaded", 131052)
            .refused(
                    Reason.CONTENT_REFUSED, "a parameter is missing or has a value that is not allowed", 131008, 131009)
            .refused(Reason.RECIPIENT_UNKNOWN, "the number cannot write to itself", 131021)
            .refused(Reason.RECIPIENT_UNKNOWN, "the group is unknown or not reachable", 131020, 131041, 131212)
            .refused(Reason.RECIPIENT_UNKNOWN, "the customer has no WhatsApp or cannot be reached", 131026)
            .refused(Reason.RECIPIENT_UNKNOWN, "a test number writes only to the numbers on its list", 131030)
            .refused(Reason.WINDOW_CLOSED, "24 hours since the customer wrote: only templates are allowed", 131047)
            .refused(Reason.RECIPIENT_OPTED_OUT, "the customer opted out of marketing", 131050)
            .refused(Reason.UNSUPPORTED, "the type of message is not supported", 131051)
            .refused(Reason.UNSUPPORTED, "this message does not go to a user id without a phone number", 131062)
            .refused(Reason.UNSUPPORTED, "marketing templates are turned off", 131063)
            .refused(Reason.CONTENT_REFUSED, "the flow is blocked or throttled", 132068, 132069)
            .refused(Reason.CONTENT_REFUSED, TEMPLATE, GraphErrors.range(132000, 132067))
            .refused(Reason.CONTENT_REFUSED, TEMPLATE, GraphErrors.range(132070, 132099))
            .refused(Reason.CONTENT_REFUSED, "Meta blocks it as part of an experiment", 130472)
            .refused(Reason.CONTENT_REFUSED, "the content is refused", 137000)
            .refused(Reason.ACCOUNT_BLOCKED, "the account may not write to this country", 130497)
            .refused(Reason.ACCOUNT_BLOCKED, "the business number was deleted", 33)
            .refused(Reason.ACCOUNT_BLOCKED, "the account is locked", 131031)
            .refused(Reason.ACCOUNT_BLOCKED, "a payment is due", 131042, 131044)
            .refused(Reason.ACCOUNT_BLOCKED, "the display name is not approved", 131037)
            .refused(Reason.ACCOUNT_BLOCKED, "the account may not use groups", 131207, 131215)
            .refused(Reason.ACCOUNT_BLOCKED, "the business number is not registered", 133010)
            .refused(Reason.AUTHENTICATION_FAILED, "the access token lacks a permission", 131005)
            .refused(Reason.AUTHENTICATION_FAILED, "the business number is not fully registered", 131045);

    private ErrorTable() {}
}
