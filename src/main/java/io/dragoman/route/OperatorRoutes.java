// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.work.RouteState;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.impl.engine.DefaultSupervisingRouteController;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RouteError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's routes, under Camel's supervising controller: one that cannot start is tried again and again, with
 * growing waits, and keeps nothing else from running.
 */
final class OperatorRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorRoutes.class);
    private static final long BACK_OFF_MILLIS = 2_000;
    private static final long LONGEST_BACK_OFF_MILLIS = 60_000;
    /** So long our own routes wait for the first try of these, and no longer. */
    private static final long FIRST_TRY_MILLIS = 5_000;

    private final CamelContext camel;
    private final DefaultSupervisingRouteController controller = new DefaultSupervisingRouteController();
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final Map<String, RouteState> notLoaded = new ConcurrentHashMap<>();

    OperatorRoutes(CamelContext camel) {
        this.camel = camel;
        controller.setExcludeRoutes("dragoman-*");
        controller.setBackOffDelay(BACK_OFF_MILLIS);
        controller.setBackOffMaxDelay(LONGEST_BACK_OFF_MILLIS);
        controller.setBackOffMultiplier(2);
        controller.setUnhealthyOnRestarting(false);
    }

    /**
     * Loads the files and starts their routes. On a context that has started: the controller begins only when it is
     * told, and our own routes start as ever.
     */
    void start(List<Resource> files) throws InterruptedException {
        camel.setRouteController(controller);
        camel.setAutoStartup(true); // which the controller switched off
        files.forEach(this::load);
        if (!ids.isEmpty()) {
            Thread first =
                    camel.getExecutorServiceManager().newThread("dragoman-operator-routes", controller::startRoutes);
            first.start();
            first.join(FIRST_TRY_MILLIS);
        }
    }

    /** Starts what stands in our own files but is none of ours: an operator may have put more there. */
    void startRest() {
        List<Route> rest = controller.getControlledRoutes().stream()
                .filter(route -> Boolean.TRUE.equals(route.getProperties().get(Route.SUPERVISED)))
                .filter(route -> !ids.contains(route.getId()))
                .toList();
        for (Route route : rest) {
            ids.add(route.getId());
            try {
                controller.startRoute(route.getId());
            } catch (Exception e) {
                LOG.warn("route {}: not started: {}", route.getId(), RouteProblem.of(e));
            }
        }
    }

    private void load(Resource file) {
        Set<String> before = camel.getRoutes().stream().map(Route::getId).collect(Collectors.toSet());
        try {
            RouteFiles.loadOperators(camel, file);
        } catch (Exception e) {
            String name = "routes/" + RouteFiles.name(file);
            LOG.error("{} is not loaded: {}", name, RouteProblem.of(e));
            notLoaded.put(name, new RouteState(name, false, RouteState.NOT_LOADED, RouteProblem.type(e)));
        }
        camel.getRoutes().stream()
                .map(Route::getId)
                .filter(id -> !before.contains(id))
                .forEach(ids::add);
    }

    boolean own(String id) {
        return ids.contains(id);
    }

    RouteState state(Route route) {
        String id = route.getId();
        ServiceStatus status = controller.getRouteStatus(id);
        boolean restarting = controller.getRestartingRoutes().stream()
                .anyMatch(one -> one.getId().equals(id));
        String word = restarting && !status.isStarted()
                ? RouteState.RESTARTING
                : status.name().toLowerCase(Locale.ROOT);
        return new RouteState(id, false, word, error(route));
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
