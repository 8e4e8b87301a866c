// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteTemplateContext;
import org.apache.camel.model.DefaultRouteTemplateContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes by which channels and desks receive: each has its own, made from a template of {@code
 * routes/intake.camel.yaml}, so that it starts, stops and fails by itself. For one thread at a time.
 */
public final class ChannelRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelRoutes.class);

    /** The parameter of the templates. */
    private static final String CHANNEL = "channel";

    private final ModelCamelContext camel;

    public ChannelRoutes(CamelContext camel) {
        this.camel = (ModelCamelContext) camel;
    }

    /**
     * Makes everybody's routes, to be started with the context. All at once and before its start, since for each that is
     * added a context goes through all it has, and a running one several times.
     */
    public void prepare(ConfiguredAccounts accounts) throws Exception {
        camel.addRouteDefinitions(accounts.all().flatMap(this::routes).toList());
    }

    /** Routes that did not start; the others did. */
    public static final class NotStarted extends Exception {
        private static final long serialVersionUID = 1L;

        NotStarted(List<String> sentences) {
            super(String.join("; ", sentences), null, false, false);
        }
    }

    /**
     * Starts, restarts and stops what differs; one that does not start blocks no other.
     *
     * @return the ids that are new or others now
     * @throws NotStarted when all others are done
     */
    public Set<String> follow(ConfiguredAccounts before, ConfiguredAccounts now) throws NotStarted {
        Set<String> ids = Stream.concat(before.all(), now.all())
                .map(configured -> configured.account().id())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> changed = new TreeSet<>();
        List<String> failed = new ArrayList<>();
        for (String id : ids) {
            Optional<ConfiguredAccount> was = before.find(id);
            Optional<ConfiguredAccount> is = now.find(id);
            if (!was.map(ConfiguredAccount::account).equals(is.map(ConfiguredAccount::account))) {
                change(id, was, is).ifPresent(failed::add);
                is.ifPresent(configured -> changed.add(id));
            }
        }
        if (!failed.isEmpty()) {
            throw new NotStarted(failed);
        }
        return changed;
    }

    /** Gives a sentence where it fails. */
    private Optional<String> change(String id, Optional<ConfiguredAccount> was, Optional<ConfiguredAccount> is) {
        try {
            if (was.isPresent()) {
                stop(was.get());
            }
            if (is.isPresent()) {
                start(is.get());
            }
            LOG.info("config: {} is {}", id, is.isEmpty() ? "removed" : was.isEmpty() ? "added" : "changed");
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of("the route of " + id + " does not start: " + RouteProblem.of(e));
        }
    }

    private void start(ConfiguredAccount configured) throws Exception {
        for (RouteDefinition route : routes(configured).toList()) {
            camel.addRouteDefinition(route);
        }
    }

    private Stream<RouteDefinition> routes(ConfiguredAccount configured) {
        return templates(configured).stream()
                .map(template -> route(template, configured.account().id()));
    }

    /** What Camel's builder of routes from templates makes, but not added to the context, which it does one by one. */
    private RouteDefinition route(String template, String channel) {
        RouteTemplateContext parameters = new DefaultRouteTemplateContext(camel);
        parameters.setParameter(CHANNEL, channel);
        RouteDefinition route = camel.getRouteTemplateDefinition(template).asRouteDefinition();
        route.setId(routeId(template, channel));
        route.setTemplateParameters(parameters.getParameters());
        route.setRouteTemplateContext(parameters);
        RoutesDefinition preparation = new RoutesDefinition();
        preparation.setCamelContext(camel);
        preparation.prepareRoute(route);
        return route;
    }

    private void stop(ConfiguredAccount configured) throws Exception {
        for (String template : templates(configured)) {
            String route = routeId(template, configured.account().id());
            camel.getRouteController().stopRoute(route);
            camel.removeRoute(route);
        }
    }

    private static List<String> templates(ConfiguredAccount configured) {
        List<String> templates = new ArrayList<>();
        if (configured.receivesWebhooks()) {
            templates.add("webhook");
        }
        if (configured.isPolled()) {
            templates.add("poll");
        }
        return templates;
    }

    private static String routeId(String template, String id) {
        return template + ":" + id;
    }
}
