// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app;

import io.dragoman.app.agent.AgentCommands;
import io.dragoman.app.approval.ApprovalService;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.app.configure.AccountQueries;
import io.dragoman.app.configure.AccountQueries.LastTraffic;
import io.dragoman.app.configure.AccountTests;
import io.dragoman.app.configure.ConfigurationChanges;
import io.dragoman.app.configure.KindQueries;
import io.dragoman.app.configure.ProviderWebhooks;
import io.dragoman.app.contact.AttributeChanges;
import io.dragoman.app.contact.ContactService;
import io.dragoman.app.deadletter.DeadLetterService;
import io.dragoman.app.live.LiveEvents;
import io.dragoman.app.orphan.DeskMove;
import io.dragoman.app.overview.OverviewQueries;
import io.dragoman.app.pause.PauseService;
import io.dragoman.app.person.PersonErasure;
import io.dragoman.app.poll.PollReports;
import io.dragoman.app.preview.Previews;
import io.dragoman.app.query.ConversationSearch;
import io.dragoman.app.query.StoredBytes;
import io.dragoman.app.ruleset.RuleMatches;
import io.dragoman.app.ruleset.RuleQueries;
import io.dragoman.app.ruleset.RuleShadow;
import io.dragoman.app.status.CachedAggregate;
import io.dragoman.app.status.ConfigurationState;
import io.dragoman.app.status.GatewayStatus;
import io.dragoman.app.status.GatewaySummary;
import io.dragoman.app.status.LoginForecast;
import io.dragoman.app.status.StoreFigures;
import io.dragoman.app.trial.RuleComparison;
import io.dragoman.config.ConfigurationEditor;
import io.dragoman.config.ConfigurationFiles;
import io.dragoman.config.HomeFolder;
import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.OpeningHours;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport;
import io.dragoman.delivery.CircuitBreakers;
import io.dragoman.rules.RuleBook;
import io.dragoman.rules.poll.Poll;
import io.dragoman.store.Store;
import io.dragoman.store.blob.MediaStore;
import io.dragoman.work.ChannelActivity;
import io.dragoman.work.RouteState;
import io.dragoman.work.TopicState;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be asked of a running gateway.
 *
 * @param hours the business hours that are configured now
 */
public record UseCases(
        Queries queries,
        Commands commands,
        Previews previews,
        GatewayStatus status,
        StoreFigures figures,
        GatewaySummary summary,
        LiveEvents live,
        OverviewQueries overview,
        StoredBytes bytes,
        Configuring configuring,
        Supplier<OpeningHours> hours,
        PollReports polls)
        implements AutoCloseable {
    /** How many may look at what happens at the same time. */
    private static final int MOST_LISTENERS = 100;

    /** For reading a configuration that nobody runs. */
    private static final Secret NO_KEY = new Secret("only for looking");

    /** Tells nobody anything any more. */
    @Override
    public void close() {
        live.close();
    }

    /**
     * What they work on.
     *
     * @param routes how each route's state, the gateway's own and the operator's
     * @param configuration whether the files of the configuration are what runs
     * @param targets what each channel and desk can take now
     * @param links which links of agents will never be followed
     * @param ids makes ids in rising order
     * @param home where the configuration is; null where it is in no files
     * @param readOnlyConfig whether its files are changed by an editor alone
     * @param beside where is counted what takes long
     * @param search finds conversations by words
     * @param changed what follows where something else is known of a contact
     * @param polls those that are configured now
     * @param erasures erases people, and what shops want forgotten
     * @param topic how the topic is that what is posted goes through; null where there is none
     */
    public record Parts(
            Store store,
            MediaStore files,
            ConnectorRegistry registry,
            ChannelActivity activity,
            MeterRegistry meters,
            Supplier<List<RouteState>> routes,
            ConfigurationState configuration,
            CircuitBreakers targets,
            AccessTokens tokens,
            Transport transport,
            AgentCommands.Links links,
            Supplier<String> ids,
            Clock clock,
            @Nullable HomeFolder home,
            boolean readOnlyConfig,
            RuleShadow shadow,
            Executor beside,
            ConversationSearch search,
            AttributeChanges.Changed changed,
            Supplier<List<Poll>> polls,
            PersonErasure erasures,
            Supplier<@Nullable TopicState> topic) {}

    /** The use cases of a running gateway. */
    public static UseCases of(Parts parts) {
        Store store = parts.store();
        CachedAggregate<Map<String, Long>> ledger = new CachedAggregate<>(
                () -> store.read(tx -> tx.ledger().differences(parts.clock().instant())),
                parts.beside(),
                parts.clock());
        LoginForecast logins = new LoginForecast(parts.tokens(), parts.clock());
        Queries queries = Queries.of(store, parts.files(), AccountLookup.of(parts.registry()), parts.search());
        GatewayStatus status = status(parts, logins, ledger);
        StoreFigures figures = new StoreFigures(
                store,
                parts.registry(),
                parts.targets(),
                parts.activity(),
                logins,
                ledger,
                parts.beside(),
                parts.clock());
        GatewaySummary summary =
                new GatewaySummary(status, figures, queries.deadLetters(), queries.pauses(), parts.clock());
        Commands commands = commands(parts);
        return new UseCases(
                queries,
                commands,
                new Previews(id -> channel(parts.registry(), id)),
                status,
                figures,
                summary,
                new LiveEvents(store, status, summary, parts.activity(), parts.clock(), MOST_LISTENERS),
                new OverviewQueries(store, status, summary, figures, parts.beside(), parts.clock()),
                new StoredBytes(store, parts.files()),
                configuring(parts, status, commands.agents()),
                () -> parts.registry().now().hours(),
                new PollReports(queries.polls(), parts.polls()));
    }

    private static Configuring configuring(Parts parts, GatewayStatus status, AgentCommands agents) {
        Store store = parts.store();
        HomeFolder home = parts.home();
        CachedAggregate<LastTraffic> traffic = new CachedAggregate<>(
                () -> store.read(tx ->
                        new LastTraffic(tx.traffic().lastIn(), tx.traffic().lastOut())),
                parts.beside(),
                parts.clock());
        ConfigurationFiles files = home == null ? null : home.files();
        AccountQueries accounts =
                new AccountQueries(parts.registry(), parts.activity(), status, traffic, files, parts.clock());
        AccountTests tests =
                new AccountTests(store, parts.registry(), agents, parts.transport(), parts.ids(), parts.clock());
        ProviderWebhooks webhooks = new ProviderWebhooks(parts.registry(), parts.transport());
        if (home == null || files == null) {
            return new Configuring(accounts, null, null, tests, webhooks, null);
        }
        ConfigurationEditor<RuleBook> editor =
                new ConfigurationEditor<>(home, NO_KEY, RuleBook::read, parts.readOnlyConfig());
        return new Configuring(
                accounts,
                new KindQueries(home.kinds()),
                new ConfigurationChanges(editor, files, parts.configuration()::reload),
                tests,
                webhooks,
                new RuleQueries(
                        editor,
                        files,
                        new RuleComparison(store),
                        new CachedAggregate<>(
                                () -> RuleMatches.count(store, parts.clock().instant()), parts.beside(), parts.clock()),
                        parts.shadow(),
                        parts.clock()));
    }

    private static GatewayStatus status(Parts parts, LoginForecast logins, CachedAggregate<Map<String, Long>> ledger) {
        Store store = parts.store();
        return new GatewayStatus(
                store,
                parts.files(),
                parts.topic(),
                parts.registry(),
                parts.activity(),
                parts.routes(),
                parts.configuration(),
                parts.meters(),
                parts.targets(),
                logins,
                ledger,
                new CachedAggregate<>(() -> store.read(tx -> tx.orphans().holdings()), parts.beside(), parts.clock()),
                parts.clock());
    }

    private static Optional<ConfiguredAccount> channel(ConnectorRegistry registry, String id) {
        return Optional.ofNullable(registry.now().channels().get(id));
    }

    private static Commands commands(Parts parts) {
        ConnectorRegistry registry = parts.registry();
        AuditTrail audit = new AuditTrail(parts.store(), parts.ids(), parts.clock());
        return new Commands(
                new AgentCommands(
                        parts.store(), parts.links(), id -> channel(registry, id), parts.ids(), audit, parts.clock()),
                new DeadLetterService(
                        parts.store(), () -> registry.all().toList(), parts.files(), parts.ids(), audit, parts.clock()),
                new PauseService(
                        parts.store(),
                        id -> registry.find(id).isPresent(),
                        parts.targets()::forget,
                        audit,
                        parts.clock()),
                new ContactService(parts.store(), parts.ids(), audit, parts.clock()),
                new AttributeChanges(parts.store(), parts.changed(), audit, parts.clock()),
                new DeskMove(
                        parts.store(),
                        id -> registry.find(id).isPresent(),
                        id -> registry.now().takesConversations(id),
                        AccountLookup.of(registry).helpdesk(),
                        audit,
                        parts.clock()),
                parts.erasures(),
                new ApprovalService(parts.store(), parts.ids(), audit, parts.clock()),
                audit);
    }
}
