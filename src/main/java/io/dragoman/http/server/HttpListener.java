// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One listening port. Bodies are read whole up to a cap; a slow or silent client is cut off; who asks too often gets
 * 429. Handlers run on an event loop and must not block.
 */
public final class HttpListener {
    private static final int IDLE_SECONDS = 60;
    private static final int TIMEOUT_SECONDS = 10;
    private static final int LONGEST_HEADERS = 32 * 1024;

    private final Vertx vertx;
    private final String host;
    private final int port;
    private final PortLimits limits;
    private final AdmissionControl gate;
    private final Handler handler;
    private final AtomicInteger underWay = new AtomicInteger();
    private final List<HttpServer> servers = new ArrayList<>();
    private volatile boolean stopping;

    /** Answers one request whose body is complete. */
    @FunctionalInterface
    public interface Handler {
        void handle(HttpServerRequest request, byte[] body);

        /** Gets, before the first request, the counter of failed authentications. */
        default void refuseBy(AuthFailureTracker refusals) {}

        /** Gets, before the first request, who tells a client's address. */
        default void clientsBy(Function<HttpServerRequest, String> clients) {}

        /** Gets, before the first request, who tells whether a client came by https. */
        default void httpsBy(Predicate<HttpServerRequest> https) {}

        /** Whether a request shows something that could be a guess at a token. */
        default boolean guesses(HttpServerRequest request) {
            return request.headers().contains("Authorization");
        }

        /** The client of a request is gone, perhaps before its answer was complete. */
        default void closed(HttpServerRequest request) {}

        /** The port stops: answers that would go on for ever are to end. */
        default void stopping() {}
    }

    /** What makes the difference between ports. */
    public enum Kind {
        /** Public; requests are signed. */
        PUBLIC,
        /** For operators; they send a token, which others may try to guess. */
        ADMIN
    }

    /**
     * @param port 0 takes any free one
     */
    public HttpListener(
            Vertx vertx, String host, int port, Kind kind, PortLimits limits, MeterRegistry meters, Handler handler) {
        this.vertx = vertx;
        this.host = host;
        this.port = port;
        this.limits = limits;
        this.gate = new AdmissionControl(limits, kind == Kind.ADMIN, kind == Kind.ADMIN ? "admin" : "public", meters);
        this.handler = handler;
        handler.refuseBy(this::refuse);
        handler.clientsBy(gate::client);
        handler.httpsBy(gate::https);
    }

    /**
     * Starts listening.
     *
     * @param loops how many event loops share the port
     * @return the port
     * @throws PortInUse when somebody else has it
     */
    public int start(int loops) throws PortInUse {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setMaxFormAttributeSize(-1)
                .setDecompressionSupported(false)
                .setHttp2ClearTextEnabled(false)
                .setReuseAddress(true);
        int count = port == 0 ? 1 : loops;
        for (int i = 0; i < count; i++) {
            Connections connections =
                    new Connections(Math.max(1, limits.connections() / count), TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
            HttpServer server = vertx.createHttpServer(options)
                    .connectionHandler(connection -> opened(connections, connection))
                    .requestHandler(request -> receive(connections, request))
                    .invalidRequestHandler(HttpListener::malformed);
            servers.add(server);
            await(server);
        }
        return servers.get(0).actualPort();
    }

    private void await(HttpServer server) throws PortInUse {
        try {
            server.listen(port, host).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new PortInUse(host + ":" + port + " cannot be bound: " + reason(e)
                    + ". Stop what uses the port, or set another one in config/gateway.yaml.");
        }
    }

    private static String reason(Exception e) {
        return e.getCause() == null ? "no answer" : String.valueOf(e.getCause().getMessage());
    }

    /** Another program listens there already. */
    public static final class PortInUse extends Exception {
        private static final long serialVersionUID = 1L;

        PortInUse(String message) {
            super(message);
        }
    }

    /** On the connection's event loop, where all that follows about it happens. */
    private void opened(Connections connections, HttpConnection connection) {
        connection.closeHandler(closed -> connections.closed(connection));
        long now = System.nanoTime();
        HttpConnection leaver = connections.opened(connection, now);
        if (leaver != null) {
            gate.count(AdmissionControl.CONNECTIONS);
            leaver.close();
        }
        // each new connection checks for slow clients: without one there is nothing to make room for
        for (HttpConnection slow = connections.overdue(now); slow != null; slow = connections.overdue(now)) {
            slow.close();
        }
    }

    private void receive(Connections connections, HttpServerRequest request) {
        String address = gate.address(request);
        ProblemDetails problem = gate.enter(address, handler.guesses(request), System.nanoTime());
        if (problem == null) {
            problem = RequestBody.announced(request, limits.body());
        }
        if (problem != null) {
            reject(request, problem);
            return;
        }
        RequestBody reading = new RequestBody(gate, limits.body());
        HttpServerResponse response = request.response();
        request.handler(chunk -> {
            ProblemDetails full = response.ended() ? null : reading.add(chunk);
            if (full != null) {
                reject(request, full);
            }
        });
        request.endHandler(end -> {
            connections.asked(request.connection());
            if (!response.ended()) {
                answer(request, reading);
            }
        });
        request.exceptionHandler(broken -> request.connection().close());
        response.endHandler(any -> ended(connections, request, reading));
        response.closeHandler(any -> {
            ended(connections, request, reading);
            handler.closed(request);
        });
    }

    private void answer(HttpServerRequest request, RequestBody reading) {
        if (stopping) {
            request.response().putHeader("Connection", "close");
            ProblemDetails.of(503, "The gateway is stopping. Please send it again.")
                    .later(5)
                    .answer(request.response());
            return;
        }
        underWay.incrementAndGet();
        handler.handle(request, reading.whole());
    }

    /** Answered, or gone before; on any thread, and perhaps twice. */
    private void ended(Connections connections, HttpServerRequest request, RequestBody reading) {
        if (reading.release()) {
            connections.answered(request.connection(), System.nanoTime());
            if (reading.isWhole()) {
                underWay.decrementAndGet();
            }
        }
    }

    /** Answers at once and closes the connection: the rest of the request is discarded. */
    private static void reject(HttpServerRequest request, ProblemDetails problem) {
        HttpServerResponse response = request.response().putHeader("Connection", "close");
        problem.answer(response, () -> request.connection().close());
    }

    /** Answers what is not HTTP, or exceeds its limits. */
    private static void malformed(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        ProblemDetails problem = cause instanceof TooLongHttpLineException
                ? ProblemDetails.of(414, "The address is too long.")
                : cause instanceof TooLongHttpHeaderException
                        ? ProblemDetails.of(431, "The headers are too large.")
                        : ProblemDetails.of(400, "This is not a well-formed request.");
        reject(request, problem);
    }

    private void refuse(HttpServerRequest request, ProblemDetails problem) {
        ProblemDetails instead = gate.refused(gate.address(request), System.nanoTime());
        (instead == null ? problem : instead).answer(request.response());
    }

    /** Answers 503 to what comes from now on, lets what is under way end, for at most ten seconds, and closes. */
    public void stop() {
        stopping = true;
        handler.stopping();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (underWay.get() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        for (HttpServer server : servers) {
            try {
                server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // the process ends anyway
            }
        }
    }
}
