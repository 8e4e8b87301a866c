// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * One listening port. Bodies are read whole up to a cap; a slow or silent client is cut off. Handlers run on an event
 * loop and must not block.
 */
public final class HttpPort {
    private static final int IDLE_SECONDS = 60;
    private static final int PATIENCE_SECONDS = 10;
    private static final int LONGEST_HEADERS = 32 * 1024;

    private final Vertx vertx;
    private final String host;
    private final int port;
    private final int largestBody;
    private final Handler handler;
    private final AtomicInteger underWay = new AtomicInteger();
    private HttpServer[] servers = {};
    private volatile boolean stopping;

    /** Answers one request whose body is complete. */
    @FunctionalInterface
    public interface Handler {
        void handle(HttpServerRequest request, byte[] body);
    }

    /**
     * Prepares a port.
     *
     * @param port 0 takes any free one
     * @param largestBody in bytes; a larger body is answered 413
     */
    public HttpPort(Vertx vertx, String host, int port, int largestBody, Handler handler) {
        this.vertx = vertx;
        this.host = host;
        this.port = port;
        this.largestBody = largestBody;
        this.handler = handler;
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
        servers = new HttpServer[port == 0 ? 1 : loops];
        for (int i = 0; i < servers.length; i++) {
            servers[i] = vertx.createHttpServer(options).requestHandler(this::receive);
            await(servers[i]);
        }
        return servers[0].actualPort();
    }

    private void await(HttpServer server) throws PortInUse {
        try {
            server.listen(port, host).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new PortInUse(host + ":" + port + " cannot be listened on: " + reason(e)
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

    private void receive(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        if (length != null && (length.length() > 9 || Integer.parseInt(length) > largestBody)) {
            tooLarge(request);
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= largestBody) {
                body.appendBuffer(chunk);
            } else if (!request.response().ended()) {
                tooLarge(request);
            }
        });
        request.endHandler(end -> {
            if (!request.response().ended()) {
                answer(request, body.getBytes());
            }
        });
        request.exceptionHandler(broken -> request.connection().close());
    }

    private void answer(HttpServerRequest request, byte[] body) {
        HttpServerResponse response = request.response();
        if (stopping) {
            response.putHeader("Connection", "close").putHeader("Retry-After", "5");
            Problem.of(503, "The gateway is stopping. Please send it again.").answer(response);
            return;
        }
        underWay.incrementAndGet();
        AtomicBoolean open = new AtomicBoolean(true);
        Runnable done = () -> {
            if (open.getAndSet(false)) {
                underWay.decrementAndGet();
            }
        };
        response.endHandler(ended -> done.run());
        response.closeHandler(closed -> done.run());
        handler.handle(request, body);
    }

    private static void tooLarge(HttpServerRequest request) {
        HttpServerResponse response = request.response().putHeader("Connection", "close");
        Problem.of(413, "The body is too large.").answer(response);
        request.connection().close();
    }

    /** Answers 503 to what comes from now on, lets what is under way end, for at most ten seconds, and closes. */
    public void stop() {
        stopping = true;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
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
