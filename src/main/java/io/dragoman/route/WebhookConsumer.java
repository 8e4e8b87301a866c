// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Request;
import io.dragoman.connector.Served;
import io.dragoman.connector.Webhook;
import io.dragoman.http.server.HttpListener;
import io.dragoman.http.server.ProblemDetails;
import io.dragoman.http.server.PublicRouter;
import io.dragoman.intake.Arrival;
import io.dragoman.intake.ArrivalLog;
import io.dragoman.intake.JwksCache;
import io.dragoman.store.StoreException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes our own request of what was posted, with only the headers that the connector names, and answers when the route
 * is through. Small bodies go through the route on the event loop that read them, large ones on a thread of the
 * component's. While the route is suspended or stopped it answers 503.
 */
final class WebhookConsumer extends DefaultConsumer implements Suspendable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookConsumer.class);

    private static final String REFUSED = "The signature is missing or wrong.";

    private final ConfiguredAccount configured;
    private final PublicRouter port;
    private final int largeBody;
    private final Supplier<ExecutorService> workers;
    private final Clock clock;
    private final HttpListener.Handler handler = this::receive;
    private final Set<String> headers;
    private final boolean below;
    private final @Nullable ServedHandler served;
    private final FeedStreams streams;
    private final String path;

    WebhookConsumer(
            WebhookEndpoint endpoint,
            Processor processor,
            ConfiguredAccount configured,
            RouteServices services,
            Supplier<ExecutorService> workers) {
        super(endpoint, processor);
        this.configured = configured;
        this.port = services.router();
        this.streams = services.feedStreams();
        this.largeBody = endpoint.getLargeBody();
        this.workers = workers;
        this.clock = services.clock();
        this.headers = headers((Webhook) configured.connector());
        this.below = ((Webhook) configured.connector()).takesBelow();
        this.path = configured.account().path();
        this.served = configured.connector() instanceof Served one
                ? new ServedHandler(one, configured.account(), services)
                : null;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (served == null) {
            port.add(path, handler);
        }
        if (below || served != null) {
            port.add(path + "/" + PublicRouter.BELOW, handler);
        }
    }

    /** Without a handler the router answers 503 for an account that is configured. */
    @Override
    protected void doStop() throws Exception {
        port.remove(path, handler);
        port.remove(path + "/" + PublicRouter.BELOW, handler);
        streams.end(configured.account().id());
        super.doStop();
    }

    private void receive(HttpServerRequest http, byte[] body) {
        String method = http.method().name();
        if (served != null && isStarted()) {
            serve(served, http, method, body);
        } else if (!method.equals("POST") && !method.equals("GET")) {
            http.response().putHeader("Allow", "GET, POST");
            ProblemDetails.of(405, "Only GET and POST are accepted here.").answer(http.response());
        } else if (!isStarted()) {
            busy(http.response());
        } else if (body.length > largeBody) {
            beside(http, request(http, method, body));
        } else {
            process(http, request(http, method, body));
        }
    }

    private void serve(ServedHandler handler, HttpServerRequest http, String method, byte[] body) {
        Runnable work = () -> handler.handle(
                http,
                request(http, method, body),
                port.client(http),
                (request, durable) -> process(http, request, durable));
        if (body.length <= largeBody) {
            work.run();
            return;
        }
        try {
            workers.get().execute(work);
        } catch (RejectedExecutionException e) {
            busy(http.response());
        }
    }

    /** Slow work is kept off the event loop: verifying, reading and writing the file. */
    private void beside(HttpServerRequest http, Request request) {
        try {
            workers.get().execute(() -> process(http, request));
        } catch (RejectedExecutionException e) {
            busy(http.response());
        }
    }

    private void process(HttpServerRequest http, Request request) {
        process(http, request, null);
    }

    /**
     * @param durable answers when all went well, in the place of the connector's acknowledgement; null for that
     */
    private void process(HttpServerRequest http, Request request, @Nullable Runnable durable) {
        Exchange exchange = createExchange(false);
        exchange.getMessage().setBody(new Arrival(configured, List.of(request), null));
        getAsyncProcessor().process(exchange, doneSync -> {
            if (durable != null && isAcknowledged(exchange)) {
                durable.run();
            } else {
                answer(http, exchange);
            }
            releaseExchange(exchange, false);
        });
    }

    private static boolean isAcknowledged(Exchange exchange) {
        return exchange.getException() == null
                && exchange.getMessage().getBody() instanceof Acknowledgement acknowledgement
                && acknowledgement.status() == 200;
    }

    private static Set<String> headers(Webhook webhook) {
        Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        headers.addAll(webhook.headers());
        headers.add("content-type");
        return headers;
    }

    private Request request(HttpServerRequest http, String method, byte[] body) {
        Map<String, String> kept = new HashMap<>();
        for (String name : headers) {
            String value = http.getHeader(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        if (headers.contains(Request.CLIENT)) {
            kept.put(Request.CLIENT, port.client(http)); // never what the wire says of it
        }
        String query = http.query();
        return new Request(
                Request.Origin.RECEIVED,
                method,
                below || served != null ? http.path() : path,
                query == null ? "" : query,
                kept,
                body,
                clock.instant());
    }

    private void answer(HttpServerRequest http, Exchange exchange) {
        HttpServerResponse response = http.response();
        Throwable failure = exchange.getException();
        if (failure == null && exchange.getMessage().getBody() instanceof Acknowledgement acknowledgement) {
            if (acknowledgement.status() == 401 || acknowledgement.status() == 403) {
                port.refuse(http, ProblemDetails.of(acknowledgement.status(), REFUSED));
                return;
            }
            response.setStatusCode(acknowledgement.status())
                    .putHeader("Content-Type", acknowledgement.contentType())
                    .end(acknowledgement.body());
        } else {
            boolean passing = failure instanceof StoreException.Busy
                    || failure instanceof JwksCache.Unavailable
                    || failure instanceof ArrivalLog.Unavailable;
            if (!passing) {
                LOG.error(
                        "intake {}: not stored: {}",
                        configured.account().id(),
                        failure == null ? "no answer" : failure.getClass().getName());
            }
            busy(response);
        }
    }

    /** Nothing is stored, so nothing may be acknowledged: the sender is to retry. */
    private static void busy(HttpServerResponse response) {
        response.putHeader("Retry-After", "5");
        ProblemDetails.of(503, "The gateway is unavailable. Please send it again.")
                .answer(response);
    }
}
