// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Identity;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
     * @param losses what it took less of than it was given, as sentences for the desk; they may name addresses
     * @param note what failed beside it, as a clause for the operator; null for nothing
     * @param written a desk's id for what was written into its conversation, where {@code externalId} is that of the
     *     conversation: by it our own writing is recognised when the desk shows it back; null where it gives none
     * @param customer what the other side says, all together, that the customer it went to is known by; empty where it
     *     says nothing new
     * @param kept what a desk's connector keeps of the conversation for itself, such as the customer's id there: what is
     *     new or changed, by name, and an empty text for what goes. The next notice of the conversation brings it all;
     *     as JSON it has 2,000 characters at most
     */
    record Sent(
            @Nullable String externalId,
            List<String> losses,
            @Nullable String note,
            @Nullable String written,
            List<Identity> customer,
            Map<String, String> kept)
            implements Outcome {
        public Sent {
            losses = List.copyOf(losses);
            customer = List.copyOf(customer);
            kept = Map.copyOf(kept);
        }

        /** To a customer of whom nothing is learnt. */
        public Sent(@Nullable String externalId, List<String> losses, @Nullable String note, @Nullable String written) {
            this(externalId, losses, note, written, List.of(), Map.of());
        }

        /** The same, to a customer who is known by all of these. */
        public Sent to(List<Identity> customer) {
            return new Sent(externalId, losses, note, written, customer, kept);
        }

        /** The same, and a desk's connector keeps this of the conversation. */
        public Sent keeping(Map<String, String> kept) {
            return new Sent(externalId, losses, note, written, customer, kept);
        }

        @Override
        public String toString() {
            return "Sent[" + externalId + (losses.isEmpty() ? "" : ", " + losses.size() + " losses")
                    + (customer.isEmpty() ? "" : ", " + customer) + "]";
        }

        /** With nothing that could be shown back. */
        public Sent(@Nullable String externalId, List<String> losses, @Nullable String note) {
            this(externalId, losses, note, null);
        }

        /** With nothing failed beside it. */
        public Sent(@Nullable String externalId, List<String> losses) {
            this(externalId, losses, null);
        }

        /** All of it. */
        public Sent(@Nullable String externalId) {
            this(externalId, List.of());
        }
    }

    /** The media is fetched and stored. */
    record Fetched(StoredBlob blob, @Nullable String fileName) implements Outcome {}

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
     * Surely not sent, since the desk's ticket of the conversation is closed for good, merged or deleted: the same notice
     * opens another. Where the desk was sent no reference it is a refusal like any other.
     */
    record Gone(String detail) implements Outcome {}

    /**
     * It is unknown whether it was sent.
     *
     * @param after how soon more may be known; null leaves it to the schedule
     */
    record Uncertain(Reason reason, String detail, @Nullable Duration after) implements Outcome {
        public Uncertain(Reason reason, String detail) {
            this(reason, detail, null);
        }
    }

    /** What a lost connection means: nothing before the request was out, uncertainty after; a refusal of ours is final. */
    static Outcome of(TransportFailure failure) {
        if (failure.isPermanent()) {
            return new Refused(failure.reason(), failure.detail());
        }
        return failure.maybeSent()
                ? new Uncertain(failure.reason(), failure.detail())
                : new Retry(failure.reason(), failure.detail());
    }

    /**
     * What an HTTP status means where the provider says no more; 2xx is not handled here.
     *
     * <ul>
     *   <li>429 and 503 ask to wait, 408 and 425 did not take the request: surely not sent, again
     *   <li>any other 5xx may have been carried out
     *   <li>401 and 403 refuse the credentials, a redirect the address that is configured, 413 the size
     *   <li>anything else refuses what was sent
     * </ul>
     */
    static Outcome of(Response response, String provider) {
        return of(response.status(), response.retryAfter().orElse(null), provider);
    }

    /** The same where 2xx is success; {@code externalId} is the provider's id for what it took, where it gave one. */
    static Outcome of(Response response, String provider, @Nullable String externalId) {
        return response.ok() ? new Sent(externalId) : of(response, provider);
    }

    /** The same for a provider that tells status or waiting time in words of its own. */
    static Outcome of(int status, @Nullable Duration after, String provider) {
        String detail = provider + " answered " + status;
        return switch (status) {
            case 429 -> new Retry(Reason.THROTTLED, detail, after);
            case 503 -> new Retry(Reason.PROVIDER_DOWN, detail, after);
            case 408, 425 -> new Retry(Reason.TIMEOUT, detail, after);
            case 401, 403 -> new Refused(Reason.AUTHENTICATION_FAILED, detail);
            case 413 -> new Refused(Reason.TOO_LARGE, detail);
            default ->
                status >= 500
                        ? new Uncertain(Reason.PROVIDER_DOWN, detail, after)
                        : status >= 300 && status < 400
                                ? new Refused(
                                        Reason.PROVIDER_DOWN, detail + ", a redirect; configure the final address")
                                : new Refused(Reason.CONTENT_REFUSED, detail);
        };
    }

    /** The same, where it failed, with more at the end of its detail. */
    default Outcome adding(String more) {
        if (this instanceof Retry retry) {
            return new Retry(retry.reason(), retry.detail() + more, retry.after());
        } else if (this instanceof Refused refused) {
            return new Refused(refused.reason(), refused.detail() + more);
        } else if (this instanceof Gone gone) {
            return new Gone(gone.detail() + more);
        }
        return this instanceof Uncertain uncertain
                ? new Uncertain(uncertain.reason(), uncertain.detail() + more, uncertain.after())
                : this;
    }

    /** The same for what may be done twice without harm: nothing about it is uncertain. */
    default Outcome repeatable() {
        return this instanceof Uncertain uncertain
                ? new Retry(uncertain.reason(), uncertain.detail(), uncertain.after())
                : this;
    }
}
