// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Intake;
import io.dragoman.work.RouteState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.main.Main;

/**
 * The Camel context that carries the edges and the flow: our routes, which must all start, and the operator's, which run
 * supervised. The operator's come first, so that none of their hooks misses an event.
 */
public final class CamelRuntime {
    private static final int STOP_SECONDS = 10;

    private final Main main = new Main();
    private final OperatorRoutes operators;

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
        this.operators = new OperatorRoutes(context());
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
            main.start();
            HealthChecks.register(context(), services);
            RouteFiles files = RouteFiles.of(context(), locations);
            operators.start(files.operators());
            for (var file : files.own()) {
                RouteFiles.load(context(), file);
            }
            operators.startRest();
            for (ConfiguredAccount configured : services.registry().all().toList()) {
                add(configured);
            }
        } catch (Exception e) {
            throw new IllegalStateException("the routes do not start: " + e.getMessage(), e);
        }
    }

    /** Starts the routes of one channel or desk. */
    private void add(ConfiguredAccount configured) throws Exception {
        Intake intake = configured.connector().intake(configured.account());
        String id = configured.account().id();
        if (intake.webhook()) {
            route("webhook", id);
        }
        if (intake.polled()) {
            route("poll", id);
        }
    }

    private void route(String template, String id) throws Exception {
        TemplatedRouteBuilder.builder(context(), template)
                .routeId(template + ":" + id)
                .parameter("channel", id)
                .add();
    }

    /** How each route is, ours and the operator's, and which of the operator's files are not loaded. */
    public List<RouteState> routes() {
        List<RouteState> states = new ArrayList<>();
        for (Route route : context().getRoutes()) {
            String id = route.getId();
            if (operators.own(id)) {
                states.add(operators.state(route));
            } else {
                String status =
                        context().getRouteController().getRouteStatus(id).name();
                states.add(new RouteState(id, true, status.toLowerCase(Locale.ROOT), null));
            }
        }
        states.addAll(operators.notLoaded());
        return states;
    }

    /** Stops all routes, after what is under way. */
    public void stop() {
        main.stop();
    }
}
