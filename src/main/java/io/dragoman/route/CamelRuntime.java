// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.work.RouteState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Resource;

/**
 * The Camel context that carries the edges and the flow: our routes, which must all start, and the operator's, which run
 * supervised. Ours never wait for the operator's to start; only the lanes do, for a moment, so that none of the
 * operator's hooks misses an event.
 */
public final class CamelRuntime {
    private static final int STOP_SECONDS = 10;

    private final Main main = new Main();
    private final OperatorRoutes operators;
    private final ChannelRoutes channels;

    /** Makes the context; nothing runs yet. */
    public CamelRuntime() {
        main.configure().withRoutesIncludePattern("false");
        main.addInitialProperty("camel.main.profile", "prod");
        // the notation of our route files and of the documentation
        main.addInitialProperty("camel.main.yamlDslCompactNotationWarn", "false");
        main.configure().setName("dragoman");
        main.configure().setShutdownTimeout(STOP_SECONDS);
        main.configure().setJmxEnabled(false);
        main.init();
        CamelHardening.apply(context());
        operators = new OperatorRoutes(context());
        channels = new ChannelRoutes(context());
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    /** Names a step for the routes, as in {@code process: {ref: verify}}. */
    public void bind(String name, Object step) {
        main.bind(name, step);
    }

    /**
     * Starts the routes.
     *
     * @param services for our components
     * @param locations of route files, ours and the operator's, as Camel names resources
     * @throws IllegalStateException when one of ours does not start; what is wrong with the operator's is in
     *     {@link #routes}
     */
    public void start(RouteServices services, List<String> locations) {
        main.bind("dragoman", services);
        try {
            RouteFiles files = RouteFiles.of(context(), locations);
            for (Resource file : files.own()) {
                RouteFiles.load(context(), file);
            }
            channels.prepare(services.registry().now());
            main.start();
            HealthChecks.register(context(), services);
            operators.start(files.operators(), services.registry().now().channelKinds());
            services.opened().countDown();
        } catch (Exception e) {
            throw new IllegalStateException("the routes do not start: " + e.getMessage(), e);
        }
    }

    /**
     * Starts, restarts and stops the routes of channels and desks that are others now.
     *
     * @return the ids that are new or others now
     */
    public Set<String> follow(ConfiguredAccounts before, ConfiguredAccounts now) throws ChannelRoutes.NotStarted {
        return channels.follow(before, now);
    }

    /** The state of each route, ours and the operator's, and which of the operator's files are not loaded. */
    public List<RouteState> routes() {
        List<RouteState> states = new ArrayList<>();
        for (Route route : context().getRoutes()) {
            states.add(RouteFiles.isOurs(route.getId()) ? ours(route.getId()) : operators.state(route));
        }
        states.addAll(operators.notLoaded());
        return states;
    }

    private RouteState ours(String id) {
        String status = String.valueOf(context().getRouteController().getRouteStatus(id));
        return new RouteState(id, true, status.toLowerCase(Locale.ROOT), null, null);
    }

    /** Stops all routes, after what is under way. */
    public void stop() {
        operators.stop();
        main.stop();
    }
}
