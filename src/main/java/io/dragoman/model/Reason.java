// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

/** Why a delivery failed: the same few words for every provider, desk and log line. */
public enum Reason {
    THROTTLED,
    WINDOW_CLOSED,
    RECIPIENT_UNKNOWN,
    RECIPIENT_OPTED_OUT,
    CONTENT_REFUSED,
    MEDIA_REFUSED,
    AUTHENTICATION_FAILED,
    ACCOUNT_BLOCKED,
    /** A limit that the operator set on what costs money is reached. */
    BUDGET_EXHAUSTED,
    PROVIDER_DOWN,
    TIMEOUT,
    TOO_LARGE,
    UNSUPPORTED,
    /** Its delivery deadline was exceeded. */
    EXPIRED
}
