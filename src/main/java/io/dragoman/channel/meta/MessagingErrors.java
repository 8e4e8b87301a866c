// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Reason;
import java.time.Duration;

/**
 * What the Messenger Platform's error codes and their longer subcodes mean:
 * https://developers.facebook.com/docs/messenger-platform/error-codes.
 */
public final class MessagingErrors {
    private static final String CLOSED = "24 hours since the customer wrote, or 7 days with the tag for human agents";

    private MessagingErrors() {}

    /** The codes of one product, whose name begins the operator's sentences. */
    public static ErrorCodes<Integer> of(String product) {
        return GraphErrors.of(product)
                .passing(Reason.PROVIDER_DOWN, "sending failed for a moment", 1200)
                .passing(Reason.THROTTLED, "the account made too many calls", 17, 32, 613, 80002, 80006)
                .passing(Duration.ofMinutes(1), Reason.THROTTLED, "too many messages to one customer", 2018022)
                .refused(Reason.WINDOW_CLOSED, CLOSED, 2018278, 2018065, 2534022)
                .refused(Reason.WINDOW_CLOSED, "a comment can be answered privately once, within 7 days", 10900, 10901)
                .refused(Reason.RECIPIENT_UNKNOWN, "there is no such customer of this account", 2018001, 2534014)
                .refused(Reason.RECIPIENT_UNKNOWN, "the customer cannot be reached now", 551, 1545041, 2018108)
                .refused(Reason.RECIPIENT_OPTED_OUT, "the customer stopped these notifications", 1893015)
                .passing(Duration.ofHours(1), Reason.THROTTLED, "a token takes one message in 48 hours", 2018354)
                .passing(Duration.ofHours(1), Reason.THROTTLED, "too many requests for an opt-in", 9, 2018352)
                .refused(Reason.CONTENT_REFUSED, "the customer was asked for this opt-in already", 1893016)
                .refused(Reason.ACCOUNT_BLOCKED, "the page may not ask for an opt-in for now", 1404170)
                .refused(Reason.TOO_LARGE, "the attachment is larger than 25 MB", 2018109)
                .refused(Reason.MEDIA_REFUSED, "the attachment could not be fetched or is of a type not taken", 2018008)
                .refused(Reason.MEDIA_REFUSED, "the attachment could not be uploaded", 2018047, 2018074, 2018294)
                .refused(Reason.ACCOUNT_BLOCKED, "the account may not send for now", 1893063)
                .refused(Reason.ACCOUNT_BLOCKED, "another app has the conversation", 2018300, 2018334)
                .refused(Reason.AUTHENTICATION_FAILED, "the session is not valid: set a new access token", 102)
                .refused(Reason.AUTHENTICATION_FAILED, "the app may not use the tag for human agents", 2018344);
    }
}
