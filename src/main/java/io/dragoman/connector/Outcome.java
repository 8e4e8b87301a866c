// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended. {@code detail} is for the operator: status and code of the provider, never content, address or
 * secret.
 */
public sealed interface Outcome {

    /**
     * The other side has it.
     *
     * @param externalId its id for it, where it gives one
     */
    record Sent(@Nullable String externalId) implements Outcome {}

    /** Media is kept. */
    record Fetched(StoredBlob kept, @Nullable String fileName) implements Outcome {}

    /**
     * Surely not sent, and worth another try.
     *
     * @param after how long the other side asked us to wait; null leaves it to the schedule
     */
    record Retry(Reason reason, String detail, @Nullable Duration after) implements Outcome {
        public Retry(Reason reason, String detail) {
            this(reason, detail, null);
        }
    }

    /** Surely not sent, and another try would end the same. */
    record Refused(Reason reason, String detail) implements Outcome {}

    /**
     * Perhaps sent: nobody can say.
     *
     * @param after how soon more may be known; null leaves it to the schedule
     */
    record Uncertain(Reason reason, String detail, @Nullable Duration after) implements Outcome {
        public Uncertain(Reason reason, String detail) {
            this(reason, detail, null);
        }
    }

    /** What a lost connection means: nothing before the request was out, uncertainty after. */
    static Outcome of(TransportFailure failure) {
        return failure.maybeSent()
                ? new Uncertain(failure.reason(), failure.detail())
                : new Retry(failure.reason(), failure.detail());
    }

    /**
     * What an HTTP status means where the provider says no more: 2xx is not handled here, 429 and 503 ask for
     * patience, another 5xx may have been carried out, any other refuses.
     */
    static Outcome of(Response response, String provider) {
        int status = response.status();
        String detail = provider + " answered " + status;
        if (status == 429 || status == 503) {
            return new Retry(
                    status == 429 ? Reason.THROTTLED : Reason.PROVIDER_DOWN,
                    detail,
                    response.retryAfter().orElse(null));
        }
        if (status >= 500) {
            return new Uncertain(Reason.PROVIDER_DOWN, detail);
        }
        if (status == 401 || status == 403) {
            return new Refused(Reason.AUTHENTICATION_FAILED, detail);
        }
        return new Refused(status == 413 ? Reason.TOO_LARGE : Reason.CONTENT_REFUSED, detail);
    }
}
