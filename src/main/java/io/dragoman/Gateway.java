// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.app.retention.Retention;
import io.dragoman.config.AdminSettings;
import io.dragoman.config.ReloadFailed;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport;
import io.dragoman.http.server.HttpListener;
import io.dragoman.http.server.MediaLinks;
import io.dragoman.http.server.SurveyLinks;
import io.dragoman.model.Purpose;
import io.dragoman.model.Role;
import io.dragoman.route.ChannelRoutes;
import io.dragoman.route.RouteServices;
import io.dragoman.rules.Rules;
import io.dragoman.store.Store;
import io.dragoman.survey.PageAnswers;
import io.dragoman.timer.DueTimers;
import io.dragoman.work.ChannelActivity;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running product, wired by hand: intake, journey and delivery on one foundation, and the ports. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Foundation base;
    private final PortsPart ports;
    private final IntakePart intake;
    private final JourneyPart journey;
    private final DeliveryPart delivery;
    private final DueTimers timers;
    private final SiteRefresh pages;
    private final Retention retention;

    private Gateway(Foundation base) {
        this.base = base;
        MediaLinks links = new MediaLinks(base.setup.key());
        ports = new PortsPart(base, links);
        SurveyLinks surveys = new SurveyLinks(base.setup.key());
        journey = new JourneyPart(
                base, id -> surveys.link(base.setup.settings().http().publicUrl(), id), ports.erasures::start);
        ports.surveys(surveys, new PageAnswers(base.store, journey::rules, base::newId, base.clock));
        delivery = new DeliveryPart(
                base,
                journey.news,
                journey.unread,
                journey.bots,
                links,
                said -> journey.rules().consent().refuses(said, Purpose.ANALYTICS) == null);
        intake = new IntakePart(base, delivery.targets);
        timers = new DueTimers(base.store, base::newId, base.clock);
        pages = new SiteRefresh(() -> journey.refreshPages(base.transport));
        retention = new Retention(
                base.store,
                base.files,
                base.setup.settings().retention(),
                base::newId,
                (what, count) -> base.meters
                        .counter("dragoman.retention.erased", "what", what)
                        .increment(count),
                base.clock);
    }

    /**
     * Starts everything; returns when it is ready.
     *
     * @throws HttpListener.PortInUse with what to do
     * @throws io.dragoman.store.StoreException.Unusable with what to do
     */
    public static Gateway start(Setup setup) throws HttpListener.PortInUse {
        Gateway gateway = new Gateway(new Foundation(setup));
        try {
            gateway.open();
            return gateway;
        } catch (HttpListener.PortInUse | RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private void open() throws HttpListener.PortInUse {
        intake.open();
        delivery.follow(base.registry.now());
        base.camel.start(services(), base.setup.routes());
        ports.open(delivery.targets, base.camel::routes, journey.triggers::known, journey::rules, intake::topic);
        intake.drain();
        timers.start();
        pages.start();
        retention.start();
    }

    private RouteServices services() {
        return new RouteServices(
                base.registry,
                ports.router,
                base.store,
                base.turns,
                base.transport,
                base.activity,
                delivery.targets.calls(),
                delivery.works,
                intake.verify,
                intake.store,
                ports.streams,
                intake.typing,
                base::newId,
                base.meters,
                base.traces,
                base.clock,
                new CountDownLatch(1));
    }

    /**
     * Activates other channels, desks and rules: all of it or, when anything does not start, nothing. What was changed,
     * added or removed starts, restarts or stops its own route, and nothing else notices; what is under way ends with
     * what it began with. What is new runs before a rule can name it, and what goes stops after that. For one thread at
     * a time.
     *
     * @throws ReloadFailed when all is as it was
     */
    public void reload(ConfiguredAccounts accounts, Rules rules) {
        ConfiguredAccounts before = base.registry.now();
        ConfiguredAccounts both = before.with(accounts);
        delivery.follow(accounts);
        Set<String> changed = start(before, both);
        journey.rules(rules);
        base.registry.replace(accounts);
        try {
            base.camel.follow(both, accounts);
        } catch (ChannelRoutes.NotStarted e) {
            LOG.error("config: {}", e.getMessage()); // nothing starts here any more, so nothing is missing
        }
        delivery.changed(changed);
    }

    private Set<String> start(ConfiguredAccounts before, ConfiguredAccounts both) {
        base.registry.replace(both);
        try {
            return base.camel.follow(before, both);
        } catch (ChannelRoutes.NotStarted e) {
            base.registry.replace(before);
            goBack(both, before);
            throw new ReloadFailed(String.valueOf(e.getMessage()));
        }
    }

    private void goBack(ConfiguredAccounts from, ConfiguredAccounts to) {
        try {
            base.camel.follow(from, to);
        } catch (ChannelRoutes.NotStarted e) {
            LOG.error("config: the old configuration is not whole again, restart the gateway: {}", e.getMessage());
        }
    }

    /** Lets in at the admin port by these tokens from now on. */
    public void letIn(AdminSettings admin, Secret token) {
        ports.letIn(admin, token);
    }

    /** Shows in health and metrics what is wrong with the changed files of the configuration; nothing ends it. */
    public void configurationProblems(List<String> problems) {
        base.configuration.problems(problems);
    }

    /** Says how the files of the configuration are read again at once; it gives what is wrong with them. */
    public void reloadBy(Supplier<List<String>> reload) {
        base.configuration.reloadBy(reload);
    }

    /** A new id, later than all before. */
    public String newId() {
        return base.newId();
    }

    public Store store() {
        return base.store;
    }

    public Transport transport() {
        return base.transport;
    }

    /** What Camel knows of us: routes to stop and start, the health checks. */
    public CamelContext camelContext() {
        return base.camel.context();
    }

    public Setup setup() {
        return base.setup;
    }

    public ChannelActivity activity() {
        return base.activity;
    }

    public PrometheusMeterRegistry meters() {
        return base.meters;
    }

    /** Whether all is well: what {@code /health/ready} says. Blocks. */
    public boolean ready() {
        return ports.ready();
    }

    /** What is wrong with the changed files of the configuration; nothing while they are those that are active. */
    public List<String> configurationProblems() {
        return base.configuration.status().problems();
    }

    /** What {@code /metrics} says. Blocks. */
    public String metrics() {
        return ports.metrics();
    }

    /** The public port's number. */
    public int publicPort() {
        return ports.publicPort();
    }

    /** The admin port's number; -1 when there is none. */
    public int adminPort() {
        return ports.adminPort();
    }

    /** What the admin port answers, a line a route. */
    public List<String> adminRoutes() {
        return ports.adminRoutes();
    }

    /** The least role of each of these that is not open. */
    public Map<String, Role> adminRoles() {
        return ports.adminRoles();
    }

    /** Stops taking, finishes what is under way, and closes; nothing that was acknowledged is lost. */
    @Override
    public void close() {
        ports.stopListening();
        timers.close();
        pages.close();
        retention.close();
        intake.stopDraining();
        base.close(intake::close);
        ports.close();
    }
}
