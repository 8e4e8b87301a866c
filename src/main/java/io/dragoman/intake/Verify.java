// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.JwksSource;
import io.dragoman.connector.JwksWebhook;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.work.AsyncProcessors;
import io.dragoman.work.ChannelActivity;
import io.dragoman.work.StepInput;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that what arrived is authentic. What is not ends here, counted, with a constant text and nothing stored. Where
 * the sender's keys have to be fetched first, the exchange waits for them without a thread.
 */
public final class Verify extends AsyncProcessorSupport implements AsyncProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(Verify.class);

    private static final Duration LOG_INTERVAL = Duration.ofSeconds(1);

    private final MeterRegistry meters;
    private final JwksCache cache;
    private final ChannelActivity activity;
    private final Map<String, Instant> logged = new ConcurrentHashMap<>();

    public Verify(MeterRegistry meters, JwksCache cache, ChannelActivity activity) {
        this.meters = meters;
        this.cache = cache;
        this.activity = activity;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Arrival arrival = StepInput.of(exchange, Arrival.class);
        Optional<JwksSource> source = source(arrival);
        if (source.isEmpty()) {
            settle(exchange, Checked.of(arrival, Jwks.NONE));
            callback.done(true);
            return true;
        }
        Checked without = Checked.of(arrival, Jwks.NONE);
        if (!without.needsAnotherKey()) { // no key could make it right: nothing is fetched for it
            settle(exchange, without);
            callback.done(true);
            return true;
        }
        CompletableFuture<Checked> checked = cache.get(source.get()).thenCompose(keys -> {
            Checked first = Checked.of(arrival, keys);
            return first.needsAnotherKey()
                    ? cache.newer(source.get(), keys)
                            .thenApply(newer -> newer == keys ? first : Checked.of(arrival, newer))
                    : CompletableFuture.completedFuture(first);
        });
        return AsyncProcessors.when(checked, exchange, callback, last -> settle(exchange, last));
    }

    /** The same at once, where no key has to be fetched: for what a route brings. */
    @Override
    public void process(Exchange exchange) {
        if (!process(exchange, doneSync -> {})) {
            throw new IllegalStateException("a key has to be fetched first");
        }
    }

    /**
     * An arrival that was checked.
     *
     * @param refusal why it is not authentic; null when it is
     */
    private record Checked(
            Arrival arrival,
            List<Verified> verified,
            @Nullable AuthenticationFailed refusal) {
        static Checked of(Arrival arrival, Jwks keys) {
            try {
                return new Checked(arrival, verify(arrival, keys), null);
            } catch (AuthenticationFailed e) {
                return new Checked(arrival, List.of(), e);
            }
        }

        boolean needsAnotherKey() {
            return refusal != null && refusal.isUnknownKey();
        }
    }

    /** Where the keys are that prove what was posted; what a route brings has no token that any key could prove. */
    private static Optional<JwksSource> source(Arrival arrival) {
        boolean posted = arrival.requests().stream().anyMatch(one -> one.origin() == Request.Origin.RECEIVED);
        return posted && arrival.addressed().connector() instanceof JwksWebhook webhook
                ? webhook.jwks(arrival.account())
                : Optional.empty();
    }

    private void settle(Exchange exchange, Checked checked) {
        Arrival arrival = checked.arrival();
        AuthenticationFailed refusal = checked.refusal();
        if (refusal == null) {
            exchange.getMessage().setBody(new Arrival.Authentic(arrival, checked.verified()));
            return;
        }
        String channel = arrival.account().id();
        meters.counter("dragoman.refused", "channel", channel).increment();
        Instant at = arrival.requests().get(0).receivedAt();
        String reason = String.valueOf(refusal.getMessage());
        activity.refused(channel, new ChannelActivity.Refusal(at, refusal.status(), reason));
        log(channel, at, refusal);
        String text = refusal.status() == 401 ? "The signature is missing or wrong.\n" : "Forbidden.\n";
        exchange.getMessage().setBody(new Acknowledgement(refusal.status(), "text/plain; charset=utf-8", text));
        exchange.setRouteStop(true);
    }

    private static List<Verified> verify(Arrival arrival, Jwks keys) throws AuthenticationFailed {
        List<Verified> verified = new ArrayList<>(arrival.requests().size());
        for (Request request : arrival.requests()) {
            verified.add(verify(arrival.addressed(), request, keys));
        }
        return verified;
    }

    /**
     * What was posted must be authenticated, and so must what a route brings to an account that is posted to; what our
     * own credentials fetched has.
     */
    private static Verified verify(ConfiguredAccount configured, Request request, Jwks keys)
            throws AuthenticationFailed {
        if (isToBeProved(configured, request)) {
            return configured.connector() instanceof JwksWebhook webhook
                    ? webhook.verify(configured.account(), request, keys)
                    : ((Webhook) configured.connector()).verify(configured.account(), request);
        }
        if (request.origin() != Request.Origin.RECEIVED) {
            return Signature.polled(request);
        }
        throw new AuthenticationFailed(
                403, "nothing is posted to this " + configured.connector().side());
    }

    private static boolean isToBeProved(ConfiguredAccount configured, Request request) {
        boolean posted = request.origin() == Request.Origin.RECEIVED;
        boolean brought = request.origin() == Request.Origin.ROUTE;
        return configured.connector() instanceof Webhook && (posted || (brought && configured.receivesWebhooks()));
    }

    /** Says at most once a second for a channel that something was refused: forgeries must not fill the disk. */
    private void log(String channel, Instant at, AuthenticationFailed refusal) {
        Instant last = logged.get(channel);
        if (last == null || Duration.between(last, at).abs().compareTo(LOG_INTERVAL) >= 0) {
            logged.put(channel, at);
            LOG.warn("intake {}: refused, {}", channel, refusal.getMessage());
        }
    }
}
