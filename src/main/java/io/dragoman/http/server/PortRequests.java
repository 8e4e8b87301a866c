// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.dragoman.model.CurrentTenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The requests of one port, or of one tenant at a port that several share: who may ask, and who answers. */
final class PortRequests {
    private static final int TIMEOUT_SECONDS = 10;

    private final PortLimits limits;
    private final AdmissionControl gate;
    private final HttpListener.Handler handler;
    private final String tenant;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean stopping;

    /** @param share null for a port of one's own */
    PortRequests(
            HttpListener.Kind kind,
            PortLimits limits,
            MeterRegistry meters,
            HttpListener.Handler handler,
            @Nullable PortShare share) {
        this.limits = limits;
        boolean admin = kind == HttpListener.Kind.ADMIN;
        this.gate = new AdmissionControl(limits, admin, admin ? "admin" : "public", meters, share);
        this.handler = handler;
        this.tenant = share == null ? "" : share.tenant();
        handler.refuseBy(this::refuse);
        handler.clientsBy(gate::client);
        handler.httpsBy(gate::https);
    }

    /** A connection had to be closed to make room for another. */
    void crowded() {
        gate.count(AdmissionControl.CONNECTIONS);
    }

    /** A request whose headers are there; on its connection's event loop. */
    void receive(Connections connections, HttpServerRequest request) {
        ProblemDetails problem = admitted(request);
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

    /** Why a request is refused before its body is read; null when it may go on, and then it is under way. */
    private @Nullable ProblemDetails admitted(HttpServerRequest request) {
        ProblemDetails problem = gate.enter(gate.address(request), handler.guesses(request), System.nanoTime());
        if (problem == null) {
            problem = RequestBody.announced(request, limits.body());
        }
        return problem == null ? gate.begin() : problem;
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
        CurrentTenant.during(tenant, () -> handler.handle(request, reading.whole()));
    }

    /** Answered, or gone before; on any thread, and perhaps twice. */
    private void ended(Connections connections, HttpServerRequest request, RequestBody reading) {
        if (reading.release()) {
            gate.leave();
            connections.answered(request.connection(), System.nanoTime());
            if (reading.isWhole()) {
                underWay.decrementAndGet();
            }
        }
    }

    /** Answers at once and closes the connection: the rest of the request is discarded. */
    static void reject(HttpServerRequest request, ProblemDetails problem) {
        HttpServerResponse response = request.response().putHeader("Connection", "close");
        problem.answer(response, () -> request.connection().close());
    }

    private void refuse(HttpServerRequest request, ProblemDetails problem) {
        ProblemDetails instead = gate.refused(gate.address(request), System.nanoTime());
        (instead == null ? problem : instead).answer(request.response());
    }

    /** Answers 503 to what comes from now on, and lets what is under way end, for at most ten seconds. */
    void stop() {
        stopping = true;
        handler.stopping();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (underWay.get() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
