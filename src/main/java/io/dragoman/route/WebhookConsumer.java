// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Request;
import io.dragoman.connector.Webhook;
import io.dragoman.http.server.HttpListener;
import io.dragoman.http.server.ProblemDetails;
import io.dragoman.http.server.PublicRouter;
import io.dragoman.intake.Arrival;
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
    private final String path;

    WebhookConsumer(
            WebhookEndpoint endpoint,
            Processor processor,
            ConfiguredAccount configured,
            PublicRouter port,
            Supplier<ExecutorService> workers,
            Clock clock) {
        super(endpoint, processor);
        this.configured = configured;
        this.port = port;
        this.largeBody = endpoint.getLargeBody();
        this.workers = workers;
        this.clock = clock;
        this.headers = headers((Webhook) configured.connector());
        this.below = ((Webhook) configured.connector()).takesBelow();
        this.path = configured.account().path();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        port.add(path, handler);
        if (below) {
            port.add(path + "/" + PublicRouter.BELOW, handler);
        }
    }

    /** Without a handler the router answers 503 for an account that is configured. */
    @Override
    protected void doStop() throws Exception {
        port.remove(path, handler);
        port.remove(path + "/" + PublicRouter.BELOW, handler);
        super.doStop();
    }

    private void receive(HttpServerRequest http, byte[] body) {
        String method = http.method().name();
        if (!method.equals("POST") && !method.equals("GET")) {
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

    /** Slow work is kept off the event loop: verifying, reading and writing the file. */
    private void beside(HttpServerRequest http, Request request) {
        try {
            workers.get().execute(() -> process(http, request));
        } catch (RejectedExecutionException e) {
            busy(http.response());
        }
    }

    private void process(HttpServerRequest http, Request request) {
        Exchange exchange = createExchange(false);
        exchange.getMessage().setBody(new Arrival(configured, List.of(request), null));
        getAsyncProcessor().process(exchange, doneSync -> {
            answer(http, exchange);
            releaseExchange(exchange, false);
        });
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
                below ? http.path() : path,
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
            if (!(failure instanceof StoreException.Busy)) {
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
