// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** The sockets of one listening port and their connections. */
final class PortSockets {
    private static final int IDLE_SECONDS = 60;
    private static final int LONGEST_HEADERS = 32 * 1024;

    private final Vertx vertx;
    private final String host;
    private final int port;
    private final int connections;
    private final List<HttpServer> servers = new ArrayList<>();

    /**
     * @param port 0 takes any free one
     * @param connections how many may be open
     */
    PortSockets(Vertx vertx, String host, int port, int connections) {
        this.vertx = vertx;
        this.host = host;
        this.port = port;
        this.connections = connections;
    }

    /**
     * Starts listening.
     *
     * @param loops how many event loops share the port
     * @param receive gets every request, with those that its connection is one of
     * @param crowded runs when a connection is closed for another
     * @return the port
     */
    int start(int loops, BiConsumer<Connections, HttpServerRequest> receive, Runnable crowded)
            throws HttpListener.PortInUse {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setMaxFormAttributeSize(-1)
                .setDecompressionSupported(false)
                .setHttp2ClearTextEnabled(false)
                .setReuseAddress(true);
        int count = port == 0 ? 1 : loops;
        for (int i = 0; i < count; i++) {
            Connections open =
                    new Connections(Math.max(1, connections / count), TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
            HttpServer server = vertx.createHttpServer(options)
                    .connectionHandler(connection -> opened(open, connection, crowded))
                    .requestHandler(request -> receive.accept(open, request))
                    .invalidRequestHandler(PortSockets::malformed);
            servers.add(server);
            await(server);
        }
        return servers.get(0).actualPort();
    }

    private void await(HttpServer server) throws HttpListener.PortInUse {
        try {
            server.listen(port, host).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new HttpListener.PortInUse(host + ":" + port + " cannot be bound: " + reason(e)
                    + ". Stop what uses the port, or set another one in config/gateway.yaml.");
        }
    }

    private static String reason(Exception e) {
        return e.getCause() == null ? "no answer" : String.valueOf(e.getCause().getMessage());
    }

    /** On the connection's event loop, where all that follows about it happens. */
    private static void opened(Connections connections, HttpConnection connection, Runnable crowded) {
        connection.closeHandler(closed -> connections.closed(connection));
        long now = System.nanoTime();
        HttpConnection leaver = connections.opened(connection, now);
        if (leaver != null) {
            crowded.run();
            leaver.close();
        }
        // each new connection checks for slow clients: without one there is nothing to make room for
        for (HttpConnection slow = connections.overdue(now); slow != null; slow = connections.overdue(now)) {
            slow.close();
        }
    }

    /** Answers what is not HTTP, or exceeds its limits. */
    private static void malformed(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        ProblemDetails problem = cause instanceof TooLongHttpLineException
                ? ProblemDetails.of(414, "The address is too long.")
                : cause instanceof TooLongHttpHeaderException
                        ? ProblemDetails.of(431, "The headers are too large.")
                        : ProblemDetails.of(400, "This is not a well-formed request.");
        PortRequests.reject(request, problem);
    }

    void close() {
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
