// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.model.Words;
import io.dragoman.work.RouteState;
import io.dragoman.yaml.Problem;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.impl.engine.DefaultSupervisingRouteController;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RouteError;
import org.apache.camel.util.backoff.BackOffTimer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's routes, under Camel's supervising controller: one that cannot start is tried again and again, with
 * back-off, and blocks nothing else.
 */
final class OperatorRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorRoutes.class);
    private static final long BACK_OFF_MILLIS = 2_000;
    private static final long LONGEST_BACK_OFF_MILLIS = 60_000;
    /** How long at most our lanes wait for the first try of these. */
    private static final long FIRST_TRY_MILLIS = 5_000;

    private final CamelContext camel;
    private final DefaultSupervisingRouteController controller = new DefaultSupervisingRouteController();
    private final Map<String, RouteState> notLoaded = new ConcurrentHashMap<>();
    private @Nullable Thread first;

    OperatorRoutes(CamelContext camel) {
        this.camel = camel;
        controller.setExcludeRoutes("dragoman-*");
        controller.setBackOffDelay(BACK_OFF_MILLIS);
        controller.setBackOffMaxDelay(LONGEST_BACK_OFF_MILLIS);
        controller.setBackOffMultiplier(2);
        controller.setUnhealthyOnRestarting(false);
        camel.setRouteController(controller);
        camel.setAutoStartup(true); // which the controller switched off: our own routes start with the context
    }

    /**
     * Loads the files and tries to start their routes, and what an operator added to our own files; comes back when that
     * is done, or takes too long. On a context that has started.
     *
     * @param channels the kind of each channel by its id
     */
    void start(List<Resource> files, Map<String, String> channels) throws InterruptedException {
        if (!files.isEmpty()) {
            try (RouteFileCheck check = new RouteFileCheck(channels)) {
                files.forEach(file -> load(check, file));
            }
        }
        if (controller.getControlledRoutes().stream().anyMatch(OperatorRoutes::supervised)) {
            Thread trying =
                    camel.getExecutorServiceManager().newThread("dragoman-operator-routes", controller::startRoutes);
            first = trying;
            trying.start();
            trying.join(FIRST_TRY_MILLIS);
        }
    }

    private static boolean supervised(Route route) {
        return Boolean.TRUE.equals(route.getProperties().get(Route.SUPERVISED));
    }

    /** Ends a first try that still hangs, for the context to be stopped. */
    void stop() {
        if (first != null) {
            first.interrupt();
        }
    }

    private void load(RouteFileCheck check, Resource file) {
        String name = "routes/" + RouteFiles.name(file);
        List<Problem> problems = check.problems(file);
        problems.stream().filter(Problem::warning).forEach(problem -> LOG.warn("{}", problem));
        List<Problem> errors =
                problems.stream().filter(problem -> !problem.warning()).toList();
        if (!errors.isEmpty()) {
            errors.forEach(problem -> LOG.error("{} The file is not loaded.", problem));
            notLoaded(name, String.valueOf(errors.get(0)));
            return;
        }
        try {
            RouteFiles.loadOperators(camel, file);
        } catch (Exception e) {
            LOG.error("{} is not loaded: {}", name, RouteProblem.text(e));
            notLoaded(name, RouteProblem.text(e));
        }
    }

    private void notLoaded(String name, String why) {
        notLoaded.put(name, new RouteState(name, false, RouteState.NOT_LOADED, why, null));
    }

    RouteState state(Route route) {
        String id = route.getId();
        ServiceStatus status = controller.getRouteStatus(id);
        boolean restarting = controller.getRestartingRoutes().stream()
                .anyMatch(one -> one.getId().equals(id));
        String word = restarting && !status.isStarted() ? RouteState.RESTARTING : Words.of(status);
        return new RouteState(id, false, word, error(route), restarting ? nextTry(id) : null);
    }

    private @Nullable Instant nextTry(String id) {
        BackOffTimer.Task task = controller.getRestartingRouteState(id);
        return task == null || task.getNextAttemptTime() <= 0 ? null : Instant.ofEpochMilli(task.getNextAttemptTime());
    }

    private @Nullable String error(Route route) {
        Throwable failure = controller.getRestartException(route.getId());
        RouteError last = route.getLastError();
        if (failure == null && last != null) {
            failure = last.getException();
        }
        return failure == null ? null : RouteProblem.type(failure);
    }

    Collection<RouteState> notLoaded() {
        return new TreeMap<>(notLoaded).values();
    }
}
