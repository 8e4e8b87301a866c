// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.admin.access.BearerTokens;
import io.dragoman.admin.access.Gatekeeper;
import io.dragoman.admin.access.OidcLogin;
import io.dragoman.admin.access.OidcSettings;
import io.dragoman.admin.access.Sessions;
import io.dragoman.app.Commands;
import io.dragoman.app.Queries;
import io.dragoman.app.UseCases;
import io.dragoman.app.agent.ConversationAct;
import io.dragoman.app.audit.FailedLogins;
import io.dragoman.http.server.HttpListener;
import io.dragoman.model.Role;
import io.dragoman.model.Words;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The table of the admin port. {@code openapi.json} describes the same routes; a test compares the two. */
public final class AdminRoutes {
    static final String API = "/api/v1/";

    private static final long EVERY_MILLIS = 10_000;

    private final Vertx vertx;

    private AdminRoutes(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Who is let in, and where they look.
     *
     * @param logins null where no identity provider is configured
     * @param console answers what is below {@code /console} and no route
     * @param base what stands before every path of this port in a browser; empty but for a tenant's
     */
    public record Access(
            BearerTokens tokens,
            Sessions sessions,
            @Nullable OidcLogin logins,
            HttpListener.Handler console,
            String base) {}

    /** Makes the port's handler. */
    public static AdminPort port(Vertx vertx, Access access, UseCases useCases, Metrics metrics, Clock clock) {
        Gatekeeper gatekeeper = new Gatekeeper(access.tokens(), access.sessions());
        FailedLogins failures = new FailedLogins(useCases.commands().audit(), clock);
        vertx.setPeriodic(EVERY_MILLIS, timer -> failures.tellIfDue());
        return new AdminPort(
                gatekeeper, new AdminRoutes(vertx).table(access, useCases, metrics, clock), access.console(), failures);
    }

    private List<ApiRoute> table(Access access, UseCases useCases, Metrics metrics, Clock clock) {
        Queries queries = useCases.queries();
        Commands commands = useCases.commands();
        ReadApi read = new ReadApi(queries, clock);
        WriteApi write = new WriteApi(commands.agents(), metrics.meters());
        ReportApi reports = new ReportApi(queries, useCases.polls(), useCases.hours(), clock);
        DeadLetterApi dead = new DeadLetterApi(queries.deadLetters(), commands.deadLetters());
        PauseApi pauses = new PauseApi(queries.pauses(), commands.pauses());
        ContactApi contacts = new ContactApi(commands.contacts(), queries.contacts());
        AttributeApi attributes = new AttributeApi(commands.attributes());
        PersonApi people = new PersonApi(queries.people(), commands.erasures());
        ApprovalApi approvals = new ApprovalApi(queries.approvals(), commands.approvals());
        PreviewApi previews = new PreviewApi(useCases.previews());
        MoveApi moves = new MoveApi(commands.moves());
        SessionApi sessions = new SessionApi(access, commands.audit());
        OidcApi oidc = new OidcApi(access, commands.audit());
        AuditApi audit = new AuditApi(queries.audit());
        HealthApi health = new HealthApi(useCases.status(), useCases.summary());
        BytesApi bytes = new BytesApi(useCases.bytes());
        OverviewApi overview = new OverviewApi(useCases.overview());
        LiveApi live = new LiveApi(vertx, useCases.live());
        String document = document();
        List<ApiRoute> all = new ArrayList<>(SetupRoutes.of(useCases.configuring(), this, commands.audit(), clock));
        all.addAll(List.of(
                open("GET", "/health/live", health::live),
                new ApiRoute("GET", "/health/ready", List.of(), true, blocking(health::ready)),
                open("POST", API + "session", sessions::begin),
                open("GET", API + "session/options", oidc::options),
                new ApiRoute("GET", "/console/oidc/login", List.of(), true, blocking(oidc::begin)),
                new ApiRoute("GET", OidcSettings.CALLBACK, List.of(OidcApi.PARAMETERS), true, blocking(oidc::end)),
                get(API + "session", sessions::show),
                delete(API + "session", sessions::end).by(Role.VIEWER),
                get("/metrics", metrics::scrape),
                get(API + "status", health::summary),
                get(
                        API + "conversations",
                        read::conversations,
                        "channel",
                        "status",
                        "team",
                        "contact",
                        "q",
                        "tag",
                        "assignee",
                        "kind",
                        "waiting",
                        "since",
                        "until",
                        "before",
                        "limit",
                        "desk",
                        "reference"),
                new ApiRoute("POST", API + "conversations", List.of(), false, Role.AGENT, write::start),
                get(API + "conversations/{id}", read::conversation),
                get(API + "conversations/{id}/messages", read::messages, "after", "limit"),
                new ApiRoute("POST", API + "conversations/{id}/messages", List.of(), false, Role.AGENT, write::reply),
                new ApiRoute("POST", API + "conversations/{id}/close", List.of(), false, Role.AGENT, write::close),
                act(write, ConversationAct.TAGS),
                act(write, ConversationAct.ASSIGN),
                act(write, ConversationAct.NOTE),
                act(write, ConversationAct.REOPEN),
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
                get(API + "contacts", read::contacts, "q", "before", "limit"),
                get(API + "contacts/{id}", read::contact),
                get(API + "contacts/{id}/timeline", read::timeline, "work", "before", "limit"),
                get(API + "media/{id}", bytes::media),
                get(API + "raw/{id}", bytes::raw, "view").by(Role.OPERATOR),
                get(API + "overview", overview::show, "period"),
                post(API + "channels/{id}/preview", previews::preview).by(Role.AGENT),
                post(API + "contacts/{id}/merge", contacts::merge).by(Role.AGENT),
                get(API + "contacts/{id}/consent", contacts::consents),
                post(API + "contacts/{id}/consent", contacts::consent).by(Role.AGENT),
                post(API + "contacts/{id}/unmerge", contacts::unmerge).by(Role.AGENT),
                act("PUT", API + "contacts/{id}/attributes", attributes::put).by(Role.AGENT),
                act("PATCH", API + "contacts/{id}/attributes", attributes::patch)
                        .by(Role.AGENT),
                post(API + "contacts/import", attributes::take),
                get(API + "contacts/{id}/export", people::export).by(Role.OPERATOR),
                post(API + "contacts/{id}/erase", people::erase),
                get(API + "erasures/{id}", people::erasure).by(Role.OPERATOR),
                get(API + "approvals", approvals::list, "state", "limit"),
                get(API + "approvals/{id}", approvals::show),
                post(API + "approvals/{id}/approve", approvals::approve).by(Role.AGENT),
                post(API + "approvals/{id}/refuse", approvals::refuse).by(Role.AGENT),
                post(API + "move", moves::move),
                new ApiRoute(
                        "GET",
                        API + "stream",
                        List.of("after"),
                        false,
                        Role.VIEWER,
                        request -> streaming(live, request)),
                get(API + "audit", audit::page, "actor", "action", "since", "until", "before", "limit")
                        .by(Role.OPERATOR),
                get(API + "ledger", read::ledger, "hours"),
                get(API + "ignored", read::ignored, "channel", "since"),
                get(API + "answers/unanswered", read::unanswered, "since"),
                get(API + "polls", reports::polls),
                get(API + "polls/{id}", reports::poll),
                get(API + "report", reports::report, "since", "until"),
                get(API + "report/measures", reports::measures, "since", "until", "by", "zone", "hours", "contactDays"),
                get(API + "report/polls", reports::asked, "since", "until"),
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

    /** For everybody who is let in. */
    ApiRoute get(String path, Look look, String... parameters) {
        return new ApiRoute("GET", path, List.of(parameters), false, Role.VIEWER, blocking(look));
    }

    /** For operators, unless it says otherwise. */
    ApiRoute post(String path, Look look) {
        return new ApiRoute("POST", path, List.of(), false, Role.OPERATOR, blocking(look));
    }

    private ApiRoute delete(String path, Look look) {
        return new ApiRoute("DELETE", path, List.of(), false, Role.OPERATOR, blocking(look));
    }

    /** For everybody; what answers looks at memory alone. */
    private static ApiRoute open(String method, String path, Look look) {
        return new ApiRoute(method, path, List.of(), true, request -> {
            try {
                return CompletableFuture.completedFuture(look.answer(request));
            } catch (Refusal e) {
                return CompletableFuture.completedFuture(e.answer());
            }
        });
    }

    private static CompletionStage<ApiResponse> streaming(LiveApi live, ApiRequest request) {
        try {
            return CompletableFuture.completedFuture(live.stream(request));
        } catch (Refusal e) {
            return CompletableFuture.completedFuture(e.answer());
        }
    }

    /** For agents. */
    private static ApiRoute act(WriteApi write, ConversationAct act) {
        return new ApiRoute(
                "POST",
                API + "conversations/{id}/" + Words.of(act),
                List.of(),
                false,
                Role.AGENT,
                request -> write.act(request, act));
    }

    /** For operators. */
    ApiRoute act(String method, String path, Look look, String... parameters) {
        return new ApiRoute(method, path, List.of(parameters), false, Role.OPERATOR, blocking(look));
    }

    /** For operators, and for what may take long: two at a time, so that nothing else has to wait for it. */
    ApiRoute slow(String path, Look look) {
        WorkerExecutor few = vertx.createSharedWorkerExecutor("trials", 2);
        return new ApiRoute("POST", path, List.of(), false, Role.OPERATOR, request -> few.executeBlocking(
                        () -> look.answer(request), false)
                .toCompletionStage());
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
