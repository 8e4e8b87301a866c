// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;

/**
 * Route files: those that a gateway is made of, also where an operator put another of the same name in its place, and
 * the operator's own.
 */
record RouteFiles(List<Resource> own, List<Resource> operators) {
    private static final Set<String> OWN =
            Set.of("intake.camel.yaml", "journey.camel.yaml", "outbox.camel.yaml", "templates.camel.yaml");
    private static final Set<String> OWN_IDS = Set.of("journey", "outbox");
    private static final List<String> OWN_PREFIXES = List.of("webhook:", "poll:");

    RouteFiles {
        own = List.copyOf(own);
        operators = List.copyOf(operators);
    }

    /** Finds the files; a location may hold {@code *}. */
    static RouteFiles of(CamelContext camel, List<String> locations) throws Exception {
        List<Resource> own = new ArrayList<>();
        List<Resource> operators = new ArrayList<>();
        for (String location : locations) {
            for (Resource file :
                    PluginHelper.getPackageScanResourceResolver(camel).findResources(location)) {
                (OWN.contains(name(file)) ? own : operators).add(file);
            }
        }
        return new RouteFiles(own, operators);
    }

    /** Whether the id is reserved for routes of the gateway's own. */
    static boolean isOurs(String id) {
        return OWN_IDS.contains(id) || OWN_PREFIXES.stream().anyMatch(id::startsWith);
    }

    static String name(Resource file) {
        String location = file.getLocation();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** Adds all that a file holds. */
    static void load(CamelContext camel, Resource file) throws Exception {
        for (RoutesBuilder builder : builders(camel, file)) {
            add(camel, builder);
        }
    }

    /** The same for a file of the operator's, whose routes must not take the place of others. */
    static void loadOperators(CamelContext camel, Resource file) throws Exception {
        for (RoutesBuilder builder : builders(camel, file)) {
            if (builder instanceof RouteBuilder routes) {
                routes.addLifecycleInterceptor(new FreeIds(camel));
            }
            add(camel, builder);
        }
    }

    static Iterable<RoutesBuilder> builders(CamelContext camel, Resource file) throws Exception {
        RoutesLoader loader = PluginHelper.getRoutesLoader(camel);
        loader.preParseRoute(file, false);
        return loader.findRoutesBuilders(file);
    }

    private static void add(CamelContext camel, RoutesBuilder builder) throws Exception {
        if (builder instanceof RouteConfigurationsBuilder configurations) {
            camel.addRoutesConfigurations(configurations);
        }
        camel.addRoutes(builder);
        camel.addTemplatedRoutes(builder);
    }

    /** Camel would silently replace a route by another of the same id. */
    private record FreeIds(CamelContext camel) implements RouteBuilderLifecycleStrategy {
        @Override
        public void afterConfigure(RouteBuilder builder) {
            for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
                String id = route.getRouteId();
                if (id != null && taken(id)) {
                    throw new TakenRouteId(id);
                }
            }
        }

        private boolean taken(String id) {
            return isOurs(id) || camel.getRoute(id) != null;
        }
    }

    /** A route of the operator's has the id of another. */
    static final class TakenRouteId extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        TakenRouteId(String id) {
            super("the route id " + id + " is taken; give the route another");
        }
    }
}
