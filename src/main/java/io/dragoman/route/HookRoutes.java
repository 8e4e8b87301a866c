// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Knows which {@code direct:} endpoints a started route consumes from. Thread-safe. */
final class HookRoutes extends EventNotifierSupport {
    private final Set<String> started = ConcurrentHashMap.newKeySet();

    HookRoutes() {
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreExchangeEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    /** Registers which routes run, and from now on which start and stop. */
    void watch(CamelContext camel) {
        camel.getManagementStrategy().addEventNotifier(this);
        for (Route route : camel.getRoutes()) {
            if (camel.getRouteController().getRouteStatus(route.getId()).isStarted()) {
                started.add(uri(route));
            }
        }
    }

    void leave(CamelContext camel) {
        camel.getManagementStrategy().removeEventNotifier(this);
    }

    /** Whether a route consumes from {@code direct:<name>}. */
    boolean present(String name) {
        return started.contains("direct://" + name);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CamelEvent.RouteStartedEvent begun) {
            started.add(uri(begun.getRoute()));
        } else if (event instanceof CamelEvent.RouteStoppedEvent ended) {
            started.remove(uri(ended.getRoute()));
        }
    }

    private static String uri(Route route) {
        return route.getEndpoint().getEndpointBaseUri();
    }
}
