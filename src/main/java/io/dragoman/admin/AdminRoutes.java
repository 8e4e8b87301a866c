// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.DeadLetterService;
import io.dragoman.app.explain.Explain;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.Secret;
import io.dragoman.delivery.CircuitBreakers;
import io.dragoman.store.Store;
import io.dragoman.work.ChannelActivity;
import io.dragoman.work.RouteState;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The table of the admin port. {@code openapi.json} describes the same routes; a test compares the two. */
public final class AdminRoutes {
    private static final String API = "/api/v1/";

    private final Vertx vertx;

    private AdminRoutes(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * What the port is made of.
     *
     * @param routes how each route is, the gateway's own and the operator's
     * @param targets what each channel and desk can take now
     * @param bodies the bytes of large bodies
     * @param ids makes ids in rising order
     */
    public record Parts(
            Store store,
            ConnectorRegistry registry,
            ChannelActivity activity,
            PrometheusMeterRegistry meters,
            Supplier<List<RouteState>> routes,
            Explain explain,
            CircuitBreakers targets,
            DeadLetterService.Bodies bodies,
            Supplier<String> ids,
            Clock clock) {}

    /** Makes the port's handler. */
    public static AdminPort port(Vertx vertx, Secret token, Parts parts) {
        return new AdminPort(token, new AdminRoutes(vertx).table(parts));
    }

    private List<ApiRoute> table(Parts parts) {
        ReadApi read = new ReadApi(parts.store(), parts.explain(), parts.clock());
        WriteApi write = new WriteApi(parts.store(), parts.ids(), parts.clock(), parts.meters());
        DeadLetterService acts = new DeadLetterService(
                parts.store(), () -> parts.registry().all().toList(), parts.bodies(), parts.ids(), parts.clock());
        DeadLetterApi dead = new DeadLetterApi(parts.store(), acts, parts.bodies());
        PauseApi pauses =
                new PauseApi(parts.store(), id -> parts.registry().find(id).isPresent(), parts.clock());
        Executor beside = task -> vertx.executeBlocking(Executors.callable(task), false);
        CachedAggregate<Map<String, Long>> ledger = new CachedAggregate<>(
                () -> parts.store()
                        .read(tx -> tx.ledger().differences(parts.clock().instant())),
                beside,
                parts.clock());
        Health health = new Health(parts, ledger);
        Metrics metrics = new Metrics(parts, ledger, beside);
        String document = document();
        return List.of(
                new ApiRoute(
                        "GET",
                        "/health/live",
                        List.of(),
                        true,
                        request -> CompletableFuture.completedFuture(health.live(request))),
                new ApiRoute("GET", "/health/ready", List.of(), true, blocking(health::ready)),
                get("/metrics", metrics::scrape),
                get(API + "conversations", read::conversations, "channel", "status", "before", "limit"),
                get(API + "conversations/{id}", read::conversation),
                get(API + "conversations/{id}/messages", read::messages, "after", "limit"),
                new ApiRoute("POST", API + "conversations/{id}/messages", List.of(), false, write::reply),
                new ApiRoute("POST", API + "conversations/{id}/close", List.of(), false, write::close),
                get(API + "messages/{id}", read::message),
                get(API + "messages/{id}/explain", read::explain),
                get(API + "deliveries", read::deliveries, "state", "limit"),
                get(API + "deliveries/{id}", read::delivery),
                get(API + "dead", dead::list, "channel", "reason", "since", "until", "limit"),
                get(API + "dead/{id}", dead::show),
                post(API + "dead/replay", dead::replay),
                post(API + "dead/discard", dead::discard),
                get(API + "pauses", pauses::list),
                post(API + "pause", pauses::pause),
                post(API + "resume", pauses::resume),
                get(API + "ledger", read::ledger, "hours"),
                get(API + "openapi.json", request -> ApiResponse.text("application/json", document)));
    }

    /** A look into the store: it blocks. */
    @FunctionalInterface
    private interface Look {
        ApiResponse answer(ApiRequest request) throws Refusal;
    }

    private ApiRoute get(String path, Look look, String... parameters) {
        return new ApiRoute("GET", path, List.of(parameters), false, blocking(look));
    }

    private ApiRoute post(String path, Look look) {
        return new ApiRoute("POST", path, List.of(), false, blocking(look));
    }

    private ApiRoute.Work blocking(Look look) {
        return request ->
                vertx.executeBlocking(() -> look.answer(request), false).toCompletionStage();
    }

    private static String document() {
        try (InputStream in = AdminRoutes.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
