// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.admin.AdminPort;
import io.dragoman.admin.AdminRoutes;
import io.dragoman.admin.Metrics;
import io.dragoman.admin.access.BearerTokens;
import io.dragoman.admin.access.Gatekeeper;
import io.dragoman.admin.access.OidcLogin;
import io.dragoman.admin.access.OidcSettings;
import io.dragoman.admin.access.Principal;
import io.dragoman.admin.access.Sessions;
import io.dragoman.app.UseCases;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.app.contact.AttributeChanges;
import io.dragoman.app.person.PersonErasure;
import io.dragoman.config.AdminSettings;
import io.dragoman.config.HttpSettings;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Secret;
import io.dragoman.console.ConsoleFiles;
import io.dragoman.delivery.CircuitBreakers;
import io.dragoman.http.server.HttpListener;
import io.dragoman.http.server.MediaHandler;
import io.dragoman.http.server.MediaLinks;
import io.dragoman.http.server.MediaServer;
import io.dragoman.http.server.PortLimits;
import io.dragoman.http.server.PublicRouter;
import io.dragoman.http.server.SurveyLinks;
import io.dragoman.http.server.SurveyPage;
import io.dragoman.model.Hashes;
import io.dragoman.model.Role;
import io.dragoman.route.FeedStreams;
import io.dragoman.rules.Rules;
import io.dragoman.store.MediaRows;
import io.dragoman.work.RouteState;
import io.dragoman.work.TopicState;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two ports: made first, so that routes can be put at their paths, and opened last. */
final class PortsPart implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PortsPart.class);

    final PublicRouter router;
    final FeedStreams streams;
    final PersonErasure erasures;
    private final Foundation base;
    private final Vertx vertx = Vertx.vertx();
    private @Nullable HttpListener publicHttp;
    private @Nullable HttpListener adminHttp;
    private @Nullable UseCases useCases;
    private @Nullable Metrics metrics;
    private volatile AdminRoutes.@Nullable Access let;
    private int publicPort = -1;
    private int adminPort = -1;
    private List<String> adminRoutes = List.of();
    private Map<String, Role> adminRoles = Map.of();

    PortsPart(Foundation base, MediaLinks links) {
        this.base = base;
        router = new PublicRouter(
                new MediaHandler(vertx, new MediaServer(links, base.files, this::media, base.clock)),
                this::coming,
                base.meters);
        erasures = new PersonErasure(
                base.store,
                base.files,
                base.search::forget,
                base::newId,
                new AuditTrail(base.store, base::newId, base.clock),
                base.clock,
                this::beside);
        int most = base.setup.settings().http().limits().connections() / 2;
        streams = new FeedStreams(base.store, base.feedWatch, router, vertx, most, base.meters);
    }

    /** Serves the pages of surveys. */
    void surveys(SurveyLinks links, SurveyPage.Answers answers) {
        router.add(SurveyLinks.PATH + PublicRouter.BELOW, new SurveyPage(vertx, links, answers));
    }

    /** Whether a path belongs to an account whose route has not started, or is restarting. */
    private boolean coming(String path) {
        return base.registry
                .find(path.substring(path.lastIndexOf('/') + 1))
                .filter(configured -> configured.account().path().equals(path))
                .filter(ConfiguredAccount::receivesWebhooks)
                .isPresent();
    }

    private Optional<MediaServer.Known> media(String id) {
        return base.store.read(tx -> tx.media().find(id)).map(PortsPart::known);
    }

    private static MediaServer.Known known(MediaRows.Row row) {
        String mimeType = row.mimeType() == null ? row.part().mimeType() : row.mimeType();
        String name = row.fileName() == null ? row.part().fileName() : row.fileName();
        return new MediaServer.Known(row.sha256(), row.state() == MediaRows.State.FAILED, mimeType, name);
    }

    /**
     * Listens from now on.
     *
     * @param routes how each route's state, the gateway's own and the operator's
     * @param changed what follows where something else is known of a contact
     * @param rules the active ones
     * @param topic how the topic is that what is posted goes through; null where there is none
     * @throws HttpListener.PortInUse with what to do
     */
    void open(
            CircuitBreakers targets,
            Supplier<List<RouteState>> routes,
            AttributeChanges.Changed changed,
            Supplier<Rules> rules,
            Supplier<@Nullable TopicState> topic)
            throws HttpListener.PortInUse {
        HttpSettings http = base.setup.settings().http();
        Setup.TenantPorts shared = base.setup.environment().ports();
        publicHttp = shared == null
                ? new HttpListener(
                        vertx, http.host(), http.port(), HttpListener.Kind.PUBLIC, http.limits(), base.meters, router)
                : new HttpListener(shared.publicPort().place(shared.tenant()), http.limits(), base.meters, router);
        publicPort = publicHttp.start(2);
        erasures.start(); // what a process that ended left undone
        Secret token = base.setup.adminToken();
        if (token != null) {
            AdminSettings admin = base.setup.settings().admin();
            UseCases served = useCases(targets, routes, changed, rules, topic);
            useCases = served;
            Metrics figures = new Metrics(served.figures(), base.meters);
            metrics = figures;
            AdminRoutes.Access access = access(admin, token);
            let = access;
            AdminPort handler = AdminRoutes.port(vertx, access, served, figures, base.clock);
            adminRoutes = handler.table();
            adminRoles = handler.roles();
            PortLimits limits = http.limits().body(AdminPort.LARGEST_BODY);
            adminHttp = shared == null
                    ? new HttpListener(
                            vertx, admin.host(), admin.port(), HttpListener.Kind.ADMIN, limits, base.meters, handler)
                    : new HttpListener(shared.adminPort().place(shared.tenant()), limits, base.meters, handler);
            adminPort = adminHttp.start(1);
        }
        LOG.info(
                "listening on {}:{} for {}",
                http.host(),
                publicPort,
                base.registry.now().channels().keySet());
    }

    /** Lets in by these tokens from now on; who logged in with one that is gone or another now is logged out. */
    void letIn(AdminSettings admin, Secret token) {
        AdminRoutes.Access access = let;
        if (access != null) {
            Set<Principal> same = access.tokens().replace(entries(admin, token));
            access.sessions().keep(who -> same.contains(who) || OidcLogin.isOne(who));
        }
    }

    /** The configured tokens, and admin.token's owner, who may do everything. */
    private static List<BearerTokens.Entry> entries(AdminSettings admin, Secret token) {
        List<BearerTokens.Entry> entries = new ArrayList<>();
        entries.add(
                new BearerTokens.Entry(new Principal(Gatekeeper.ADMIN, Role.OPERATOR), Hashes.sha256(token.bytes())));
        admin.tokens()
                .forEach(named -> entries.add(new BearerTokens.Entry(
                        new Principal(named.name(), named.role()),
                        HexFormat.of().parseHex(named.sha256()))));
        return entries;
    }

    private AdminRoutes.Access access(AdminSettings admin, Secret token) {
        Sessions sessions =
                new Sessions(admin.sessionIdle(), base.setup.environment().random(), base.clock);
        return new AdminRoutes.Access(
                new BearerTokens(entries(admin, token)),
                sessions,
                logins(admin.oidc()),
                new ConsoleFiles(vertx, admin.base()),
                admin.base());
    }

    private @Nullable OidcLogin logins(AdminSettings.@Nullable Oidc oidc) {
        return oidc == null
                ? null
                : new OidcLogin(
                        new OidcSettings(
                                oidc.issuer(),
                                oidc.clientId(),
                                oidc.clientSecret(),
                                oidc.consoleUrl(),
                                oidc.scope(),
                                oidc.roleClaim(),
                                oidc.roles()),
                        base.transport,
                        base.setup.environment().random());
    }

    private UseCases useCases(
            CircuitBreakers targets,
            Supplier<List<RouteState>> routes,
            AttributeChanges.Changed changed,
            Supplier<Rules> rules,
            Supplier<@Nullable TopicState> topic) {
        return UseCases.of(new UseCases.Parts(
                base.store,
                base.files,
                base.registry,
                base.activity,
                base.meters,
                routes,
                base.configuration,
                targets,
                base.transport.tokens(),
                base.transport,
                base.agentFiles::refusal,
                base::newId,
                base.clock,
                base.setup.home(),
                base.setup.settings().admin().readOnlyConfig(),
                base.shadow,
                this::beside,
                base.search,
                changed,
                () -> rules.get().polls(),
                erasures,
                topic));
    }

    private void beside(Runnable task) {
        vertx.executeBlocking(Executors.callable(task), false);
    }

    /** Whether all is well; false also before it is open. Blocks. */
    boolean ready() {
        return useCases != null && useCases.status().readiness().ready();
    }

    /** The figures as they are now; nothing before it is open. Blocks. */
    String metrics() {
        return metrics == null ? "" : metrics.scrape();
    }

    int publicPort() {
        return publicPort;
    }

    int adminPort() {
        return adminPort;
    }

    List<String> adminRoutes() {
        return adminRoutes;
    }

    Map<String, Role> adminRoles() {
        return adminRoles;
    }

    /** Accepts no more requests. */
    void stopListening() {
        if (publicHttp != null) {
            publicHttp.stop();
        }
        if (adminHttp != null) {
            adminHttp.stop();
        }
    }

    @Override
    public void close() {
        stopListening();
        if (useCases != null) {
            useCases.close();
        }
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the network did not close in time");
        }
    }
}
