// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.Commands;
import io.dragoman.app.Queries;
import io.dragoman.app.UseCases;
import io.dragoman.connector.Secret;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The table of the admin port. {@code openapi.json} describes the same routes; a test compares the two. */
public final class AdminRoutes {
    static final String API = "/api/v1/";

    private final Vertx vertx;

    private AdminRoutes(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Makes the port's handler. */
    public static AdminPort port(
            Vertx vertx, Secret token, UseCases useCases, PrometheusMeterRegistry meters, Clock clock) {
        return new AdminPort(token, new AdminRoutes(vertx).table(useCases, meters, clock));
    }

    private List<ApiRoute> table(UseCases useCases, PrometheusMeterRegistry meters, Clock clock) {
        Queries queries = useCases.queries();
        Commands commands = useCases.commands();
        ReadApi read = new ReadApi(queries, clock);
        WriteApi write = new WriteApi(commands.agents(), meters);
        ReportApi reports = new ReportApi(queries.reports(), clock);
        DeadLetterApi dead = new DeadLetterApi(queries.deadLetters(), commands.deadLetters());
        PauseApi pauses = new PauseApi(queries.pauses(), commands.pauses());
        ContactApi contacts = new ContactApi(commands.contacts());
        PreviewApi previews = new PreviewApi(useCases.previews());
        MoveApi moves = new MoveApi(commands.moves());
        HealthApi health = new HealthApi(useCases.status(), useCases.summary());
        Metrics metrics = new Metrics(useCases.figures(), meters);
        String document = document();
        List<ApiRoute> all = new ArrayList<>(SetupRoutes.of(useCases.configuring(), this));
        all.addAll(List.of(
                new ApiRoute(
                        "GET",
                        "/health/live",
                        List.of(),
                        true,
                        request -> CompletableFuture.completedFuture(health.live(request))),
                new ApiRoute("GET", "/health/ready", List.of(), true, blocking(health::ready)),
                get("/metrics", metrics::scrape),
                get(API + "status", health::summary),
                get(
                        API + "conversations",
                        read::conversations,
                        "channel",
                        "status",
                        "team",
                        "contact",
                        "before",
                        "limit",
                        "desk",
                        "reference"),
                new ApiRoute("POST", API + "conversations", List.of(), false, write::start),
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
                get(API + "contacts/{id}", read::contact),
                post(API + "channels/{id}/preview", previews::preview),
                post(API + "contacts/{id}/merge", contacts::merge),
                post(API + "contacts/{id}/unmerge", contacts::unmerge),
                post(API + "move", moves::move),
                get(API + "ledger", read::ledger, "hours"),
                get(API + "ignored", read::ignored, "channel", "since"),
                get(API + "report", reports::report, "since", "until"),
                get(API + "report/waiting", reports::waiting, "limit"),
                get(API + "report/conversations", reports::conversations, "since", "until", "after", "limit"),
                get(API + "openapi.json", request -> ApiResponse.text("application/json", document))));
        return all;
    }

    /** A look into the store: it blocks. */
    @FunctionalInterface
    interface Look {
        ApiResponse answer(ApiRequest request) throws Refusal;
    }

    ApiRoute get(String path, Look look, String... parameters) {
        return new ApiRoute("GET", path, List.of(parameters), false, blocking(look));
    }

    ApiRoute post(String path, Look look) {
        return new ApiRoute("POST", path, List.of(), false, blocking(look));
    }

    ApiRoute act(String method, String path, Look look, String... parameters) {
        return new ApiRoute(method, path, List.of(parameters), false, blocking(look));
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
