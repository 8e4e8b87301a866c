// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a port: rate, failed authentications, bytes of bodies. Thread-safe.
 *
 * <p>Failed authentications are counted by address, yet on the public port a further one is checked
 * all the same: everybody may come through one proxy, and forgeries must never keep a provider's
 * message out. Only the forgery gets 429. Where a token can be guessed, at the admin port, the address is blocked
 * before the next guess.
 */
final class AdmissionControl {
    /** Values of the metrics' label {@code why}. */
    static final String RATE = "rate";

    static final String REFUSED = "refused";
    static final String BODIES = "bodies";
    static final String CONNECTIONS = "connections";

    private static final int ADDRESSES = 10_000;
    private static final ProblemDetails OFTEN =
            ProblemDetails.of(429, "Too many requests. Please try again later.").later(1);
    private static final ProblemDetails SHUT_OUT = ProblemDetails.of(
                    429, "Too many failed authentications. Please try again later.")
            .later(60);
    private static final ProblemDetails FULL = ProblemDetails.of(
                    503, "Too many requests are in progress. Please send it again.")
            .later(5);

    private final PortLimits limits;
    private final boolean guessed;
    private final String port;
    private final MeterRegistry meters;
    private final ClientAddressResolver origins;
    private final RateLimiter requests;
    private final RateLimiter refusals;
    private final AtomicLong held = new AtomicLong();
    private final @Nullable PortShare share;

    /** Those of a port of one's own. */
    AdmissionControl(PortLimits limits, boolean guessed, String port, MeterRegistry meters) {
        this(limits, guessed, port, meters, null);
    }

    /**
     * @param guessed whether authentication is by a token, which can be guessed
     * @param port its label in metrics
     * @param share what may be taken of a port that others have too; null for a port of one's own
     */
    AdmissionControl(PortLimits limits, boolean guessed, String port, MeterRegistry meters, @Nullable PortShare share) {
        this.share = share;
        this.limits = limits;
        this.guessed = guessed;
        this.port = port;
        this.meters = meters;
        this.origins = new ClientAddressResolver(limits.proxies());
        this.requests = new RateLimiter(limits.rate(), TimeUnit.SECONDS.toNanos(1), ADDRESSES);
        this.refusals = new RateLimiter(limits.refused(), TimeUnit.MINUTES.toNanos(1), ADDRESSES);
        meters.gauge("dragoman.http.bodies", List.of(io.micrometer.core.instrument.Tag.of("port", port)), held);
    }

    /** Who a request counts for. */
    String address(HttpServerRequest request) {
        return origins.of(
                request.remoteAddress().hostAddress(), request.headers().getAll("X-Forwarded-For"));
    }

    /** Who sent a request, past the proxies that are trusted. */
    String client(HttpServerRequest request) {
        return origins.client(
                request.remoteAddress().hostAddress(), request.headers().getAll("X-Forwarded-For"));
    }

    /** Whether the client came by https: as a proxy that is trusted says, for we speak HTTP alone. */
    boolean https(HttpServerRequest request) {
        return origins.trusts(request.remoteAddress().hostAddress())
                && "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    }

    /**
     * Why a request is rejected; null when it is admitted.
     *
     * @param guess whether it shows something that could be a guess at a token
     */
    @Nullable
    ProblemDetails enter(String address, boolean guess, long now) {
        if (!requests.take(address, now) || (share != null && share.often(now))) {
            count(RATE);
            return OFTEN;
        }
        if (guessed && guess && refusals.exhausted(address, now)) {
            count(REFUSED);
            return SHUT_OUT;
        }
        return null;
    }

    /** Notes that authentication of a request failed; what to answer instead, or null to answer that. */
    @Nullable
    ProblemDetails refused(String address, long now) {
        if (refusals.take(address, now)) {
            return null;
        }
        count(REFUSED);
        return SHUT_OUT;
    }

    /** Takes a place for a request under way, until {@link #leave}; why not, or null. */
    @Nullable
    ProblemDetails begin() {
        if (share == null || share.enter()) {
            return null;
        }
        count(CONNECTIONS);
        return FULL;
    }

    /** A request is answered, or gone. */
    void leave() {
        if (share != null) {
            share.leave();
        }
    }

    /** Reserves more bytes for a body; why not, or null. */
    @Nullable
    ProblemDetails hold(int bytes) {
        if (held.addAndGet(bytes) <= limits.bodies() && (share == null || share.hold(bytes))) {
            return null;
        }
        held.addAndGet(-bytes);
        count(BODIES);
        return FULL;
    }

    /** Frees reserved bytes. */
    void release(int bytes) {
        held.addAndGet(-bytes);
        if (share != null) {
            share.release(bytes);
        }
    }

    long held() {
        return held.get();
    }

    void count(String why) {
        meters.counter("dragoman.http.refused", "port", port, "why", why).increment();
    }
}
