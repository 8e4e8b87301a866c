// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.journey.HookTags;
import io.dragoman.journey.JourneyContext;
import io.dragoman.work.StepInput;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an operator's route look at an event of the journey, on an exchange and a thread of its own, for a limited time.
 * Whatever the route does, the journey goes on; what went wrong is counted and said, at most once a second.
 */
final class HookProducer extends DefaultAsyncProducer {
    private static final Logger LOG = LoggerFactory.getLogger(HookProducer.class);
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(1);

    private final HookEndpoint endpoint;
    private final HookComponent component;
    private final String point;
    private final RouteServices services;
    private final AtomicReference<Instant> told = new AtomicReference<>(Instant.MIN);
    private @Nullable ProducerTemplate template;

    HookProducer(HookEndpoint endpoint, HookComponent component, String point, RouteServices services) {
        super(endpoint);
        this.endpoint = endpoint;
        this.component = component;
        this.point = point;
        this.services = services;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        template = endpoint.getCamelContext().createProducerTemplate();
        template.start();
    }

    @Override
    protected void doStop() throws Exception {
        if (template != null) {
            template.stop();
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        JourneyContext context = StepInput.of(exchange, JourneyContext.class);
        boolean before = point.equals(HookEndpoint.BEFORE_DECIDE);
        if (!component.routes().present(point) || (before && context.place() == null)) {
            callback.done(true);
            return true;
        }
        CompletableFuture<Exchange> answer = new CompletableFuture<>();
        try {
            component.pool().execute(() -> ask(context, answer));
        } catch (RejectedExecutionException e) {
            tell(context, "busy", "all its threads are still at work");
            callback.done(true);
            return true;
        }
        answer.orTimeout(endpoint.getTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenCompleteAsync((asked, failure) -> {
                    try {
                        if (usable(context, asked, failure) && before) {
                            exchange.getMessage().setBody(changed(context, asked));
                        }
                    } finally {
                        callback.done(false);
                    }
                });
        return false;
    }

    private void ask(JourneyContext context, CompletableFuture<Exchange> answer) {
        try {
            Exchange own = endpoint.createExchange();
            own.getMessage().setBody(context);
            answer.complete(java.util.Objects.requireNonNull(template)
                    .send("direct:" + point + "?block=false&failIfNoConsumers=false", own));
        } catch (Throwable e) { // an Error of the operator's code is no reason to let the journey wait
            answer.completeExceptionally(e);
        }
    }

    private boolean usable(JourneyContext context, @Nullable Exchange asked, @Nullable Throwable failure) {
        Throwable cause = asked == null ? failure : asked.getException();
        if (cause instanceof TimeoutException) {
            tell(
                    context,
                    "timeout",
                    "it did not end within " + endpoint.getTimeout().toMillis() + " ms");
        } else if (cause != null) {
            tell(context, "failed", "it failed with " + cause.getClass().getName());
        }
        return asked != null && cause == null;
    }

    private JourneyContext changed(JourneyContext context, Exchange asked) {
        try {
            return context.tagged(HookTags.of(asked.getVariable(HookTags.VARIABLE)));
        } catch (IllegalArgumentException e) {
            tell(context, "failed", e.getMessage());
            return context;
        }
    }

    private void tell(JourneyContext context, String outcome, @Nullable String what) {
        services.meters()
                .counter("dragoman.hook.failures", "point", point, "outcome", outcome)
                .increment();
        Instant now = services.clock().instant();
        Instant last = told.get();
        if (Duration.between(last, now).abs().compareTo(LOG_INTERVAL) >= 0 && told.compareAndSet(last, now)) {
            LOG.warn(
                    "journey {}: direct:{}: {}; the event goes on without it",
                    context.stored().id(),
                    point,
                    what);
        }
    }
}
