// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;
import io.dragoman.work.StepInput;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks that what arrived is authentic. What is not ends here, counted, with a constant text and nothing stored. */
public final class Verify implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(Verify.class);

    private static final Duration LOG_INTERVAL = Duration.ofSeconds(1);

    private final MeterRegistry meters;
    private final Map<String, Instant> logged = new ConcurrentHashMap<>();

    public Verify(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) {
        Arrival arrival = StepInput.of(exchange, Arrival.class);
        List<Verified> verified = new ArrayList<>(arrival.requests().size());
        try {
            for (Request request : arrival.requests()) {
                verified.add(verify(arrival.addressed(), request));
            }
            exchange.getMessage().setBody(new Arrival.Authentic(arrival, verified));
        } catch (AuthenticationFailed e) {
            String channel = arrival.account().id();
            meters.counter("dragoman.refused", "channel", channel).increment();
            log(channel, arrival.requests().get(0).receivedAt(), e);
            String text = e.status() == 401 ? "The signature is missing or wrong.\n" : "Forbidden.\n";
            exchange.getMessage().setBody(new Acknowledgement(e.status(), "text/plain; charset=utf-8", text));
            exchange.setRouteStop(true);
        }
    }

    /**
     * What was posted must be authenticated, and so must what a route brings to an account that is posted to; what our
     * own credentials fetched has.
     */
    private static Verified verify(ConfiguredAccount configured, Request request) throws AuthenticationFailed {
        boolean posted = request.origin() == Request.Origin.RECEIVED;
        boolean brought = request.origin() == Request.Origin.ROUTE;
        if (configured.connector() instanceof Webhook webhook
                && (posted || (brought && configured.receivesWebhooks()))) {
            return webhook.verify(configured.account(), request);
        }
        if (!posted) {
            return Signature.polled(request);
        }
        throw new AuthenticationFailed(
                403, "nothing is posted to this " + configured.connector().side());
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
