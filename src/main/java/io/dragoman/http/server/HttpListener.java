// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One listening port, or a tenant's place at one that several share. Bodies are read whole up to a cap; a slow or silent
 * client is cut off; who asks too often gets 429. Handlers run on an event loop and must not block.
 */
public final class HttpListener {
    private final PortRequests requests;
    private final @Nullable PortSockets sockets;
    private final SharedPort.@Nullable Place place;

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
     * A port of one's own.
     *
     * @param port 0 takes any free one
     */
    public HttpListener(
            Vertx vertx, String host, int port, Kind kind, PortLimits limits, MeterRegistry meters, Handler handler) {
        requests = new PortRequests(kind, limits, meters, handler, null);
        sockets = new PortSockets(vertx, host, port, limits.connections());
        place = null;
    }

    /** A place at a port that is open already. */
    public HttpListener(SharedPort.Place place, PortLimits limits, MeterRegistry meters, Handler handler) {
        requests = place.requests(limits, meters, handler);
        sockets = null;
        this.place = place;
    }

    /**
     * Starts listening.
     *
     * @param loops how many event loops share the port
     * @return the port
     * @throws PortInUse when somebody else has it
     */
    public int start(int loops) throws PortInUse {
        if (sockets != null) {
            return sockets.start(loops, requests::receive, requests::crowded);
        }
        return place == null ? -1 : place.take(requests);
    }

    /** Another program listens there already. */
    public static final class PortInUse extends Exception {
        private static final long serialVersionUID = 1L;

        PortInUse(String message) {
            super(message);
        }
    }

    /** Answers 503 to what comes from now on, lets what is under way end, for at most ten seconds, and closes. */
    public void stop() {
        requests.stop();
        if (sockets != null) {
            sockets.close();
        } else if (place != null) {
            place.leave(requests);
        }
    }
}
