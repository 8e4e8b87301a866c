// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.access.BearerTokens;
import io.dragoman.admin.access.Gatekeeper;
import io.dragoman.admin.access.Sessions;
import io.dragoman.app.audit.FailedLogins;
import io.dragoman.http.server.HttpListener;
import io.dragoman.http.server.ProblemDetails;
import io.dragoman.model.Role;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the admin port of an installation with tenants answers itself: how it is, who the tenants are and how, and the
 * metrics of all. It opens nothing of a tenant's: their tokens are their own.
 */
public final class InstallationPort {
    private static final Logger LOG = LoggerFactory.getLogger(InstallationPort.class);

    private final Vertx vertx;
    private final Supplier<List<TenantReport>> tenants;
    private final Supplier<String> metrics;

    private InstallationPort(Vertx vertx, Supplier<List<TenantReport>> tenants, Supplier<String> metrics) {
        this.vertx = vertx;
        this.tenants = tenants;
        this.metrics = metrics;
    }

    /**
     * How a tenant is.
     *
     * @param state running, broken, failed, stopped or starting
     * @param ready whether its gateway is ready
     * @param problems what is wrong with its configuration, or why it does not run
     */
    public record TenantReport(String name, String state, boolean ready, List<String> problems) {
        public TenantReport {
            problems = List.copyOf(problems);
        }
    }

    /**
     * All that anybody may know.
     *
     * @param notReady how many of the tenants that should be ready are not
     */
    private record Health(String status, int tenants, int notReady) {}

    private record Alive(String status) {}

    private record Tenants(List<TenantReport> tenants) {}

    /**
     * Makes the port's handler.
     *
     * @param tenants asks how they are; it may block, as may metrics
     */
    public static HttpListener.Handler of(
            Vertx vertx,
            BearerTokens tokens,
            Supplier<List<TenantReport>> tenants,
            Supplier<String> metrics,
            Random random,
            Clock clock) {
        // nobody logs in here: the consoles are the tenants'
        Gatekeeper gatekeeper = new Gatekeeper(tokens, new Sessions(Duration.ofMinutes(1), random, clock));
        FailedLogins failures = new FailedLogins(
                (from, count) -> LOG.warn("admin: a token was refused, from {}: {}", from, count), clock);
        InstallationPort port = new InstallationPort(vertx, tenants, metrics);
        HttpListener.Handler none = (request, body) -> ProblemDetails.of(
                        404, "The consoles are below the tenants' paths: /t/NAME/console/.")
                .answer(request.response());
        return new AdminPort(gatekeeper, port.routes(), none, failures);
    }

    private List<ApiRoute> routes() {
        return List.of(
                new ApiRoute(
                        "GET",
                        "/health/live",
                        List.of(),
                        true,
                        blocking(request -> ApiResponse.json(200, new Alive("up")))),
                new ApiRoute("GET", "/health/ready", List.of(), true, blocking(request -> ready())),
                new ApiRoute(
                        "GET",
                        "/metrics",
                        List.of(),
                        false,
                        Role.VIEWER,
                        blocking(request -> ApiResponse.text(Metrics.TYPE, metrics.get()))),
                new ApiRoute(
                        "GET",
                        AdminRoutes.API + "tenants",
                        List.of(),
                        false,
                        Role.VIEWER,
                        blocking(request -> ApiResponse.json(200, new Tenants(tenants.get())))));
    }

    /**
     * Ready while any tenant is, or there is none: to take all of them from a load balancer because of one would let one
     * stop the others. Each has its own answer below its path.
     */
    private ApiResponse ready() {
        List<TenantReport> expected = tenants.get().stream()
                .filter(tenant -> !tenant.state().equals("stopped"))
                .toList();
        int ready = (int) expected.stream().filter(TenantReport::ready).count();
        boolean good = ready > 0 || expected.isEmpty();
        return ApiResponse.json(
                good ? 200 : 503, new Health(good ? "ready" : "not-ready", expected.size(), expected.size() - ready));
    }

    private ApiRoute.Work blocking(Function<ApiRequest, ApiResponse> look) {
        return request -> {
            CompletionStage<ApiResponse> answer =
                    vertx.executeBlocking(() -> look.apply(request), false).toCompletionStage();
            return answer;
        };
    }
}
