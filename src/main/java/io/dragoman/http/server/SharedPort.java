// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A port that tenants share: what is below {@code /t/<name>/} is answered by the tenant of that name, which sees its
 * paths without that beginning, and nothing of what the others get. Thread-safe.
 */
public final class SharedPort {
    /** Below which the tenants are. */
    public static final String PATH = "/t/";

    private final HttpListener.Kind kind;
    private final PortLimits limits;
    private final Predicate<String> known;
    private final PortRequests own;
    private final PortSockets sockets;
    private final @Nullable RateLimiter rates;
    private final AtomicLong held = new AtomicLong();
    private final Map<String, PortRequests> tenants = new ConcurrentHashMap<>();
    private int bound = -1;

    /**
     * @param port 0 takes any free one
     * @param limits what all tenants may take together
     * @param rate how many requests a second one tenant may get; 0 for any number
     * @param own answers what is below no tenant's path
     * @param known whether there is a tenant of a name, which may not run now: who asks for it is asked to come again
     */
    public SharedPort(
            Vertx vertx,
            String host,
            int port,
            HttpListener.Kind kind,
            PortLimits limits,
            int rate,
            MeterRegistry meters,
            HttpListener.Handler own,
            Predicate<String> known) {
        this.kind = kind;
        this.limits = limits;
        this.known = known;
        this.own = new PortRequests(kind, limits, meters, own, null);
        this.sockets = new PortSockets(vertx, host, port, limits.connections());
        this.rates = rate == 0 ? null : new RateLimiter(rate, TimeUnit.SECONDS.toNanos(1), 10_000);
    }

    /** A tenant's part of it. */
    public final class Place {
        private final String tenant;

        private Place(String tenant) {
            this.tenant = tenant;
        }

        PortRequests requests(PortLimits wanted, MeterRegistry meters, HttpListener.Handler handler) {
            PortLimits mine = wanted.within(limits);
            PortShare share = new PortShare(tenant, rates, mine.connections(), held, limits.bodies());
            return new PortRequests(kind, mine, meters, handler, share);
        }

        int take(PortRequests requests) {
            if (tenants.putIfAbsent(tenant, requests) != null) {
                throw new IllegalStateException("the tenant " + tenant + " is at this port already");
            }
            return bound;
        }

        void leave(PortRequests requests) {
            tenants.remove(tenant, requests);
        }
    }

    /** The part of a tenant. */
    public Place place(String tenant) {
        return new Place(tenant);
    }

    /** What stands before every path of a tenant. */
    public static String prefix(String tenant) {
        return PATH + tenant;
    }

    /**
     * Starts listening.
     *
     * @throws HttpListener.PortInUse when somebody else has the port
     */
    public int start(int loops) throws HttpListener.PortInUse {
        bound = sockets.start(loops, this::receive, own::crowded);
        return bound;
    }

    private void receive(Connections connections, HttpServerRequest request) {
        String path = request.path() == null ? "" : request.path();
        if (!path.startsWith(PATH)) {
            own.receive(connections, request);
            return;
        }
        int end = path.indexOf('/', PATH.length());
        String tenant = path.substring(PATH.length(), end < 0 ? path.length() : end);
        PortRequests requests = tenants.get(tenant);
        if (requests != null) {
            requests.receive(connections, new Below(request, prefix(tenant)));
        } else if (known.test(tenant)) {
            PortRequests.reject(
                    request,
                    ProblemDetails.of(503, "The gateway is unavailable. Please send it again.")
                            .later(5));
        } else {
            own.receive(connections, request);
        }
    }

    /** Stops taking requests that are no tenant's, and closes. */
    public void stop() {
        own.stop();
        sockets.close();
    }

    /** A request as its tenant sees it. */
    private static final class Below extends HttpServerRequestWrapper {
        private final String prefix;

        Below(HttpServerRequest request, String prefix) {
            super((HttpServerRequestInternal) request);
            this.prefix = prefix;
        }

        @Override
        public String path() {
            return cut(super.path());
        }

        @Override
        public String uri() {
            return cut(super.uri());
        }

        /** What does not begin so was sent as a whole address: the path alone tells it. */
        private String cut(String text) {
            String rest = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
            return rest.startsWith("/") ? rest : "/" + rest;
        }
    }
}
