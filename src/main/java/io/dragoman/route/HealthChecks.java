// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.work.ChannelActivity;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * The gateway's state where Camel's tools look for it: {@code dragoman-store} and {@code dragoman-lanes}, without which
 * it is not ready, and {@code dragoman-channel-<id>} for each channel and desk, which are shown and decide nothing.
 */
final class HealthChecks {
    private static final String GROUP = "dragoman";

    private HealthChecks() {}

    static void register(CamelContext camel, RouteServices services) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(camel);
        if (registry == null) {
            return; // camel-health was left out
        }
        registry.register(new Check("dragoman-store", true, (result, camelContext) -> store(result, services)));
        registry.register(new Check("dragoman-lanes", true, HealthChecks::lanes));
        registry.register(new Channels(services));
    }

    private static void store(HealthCheckResultBuilder result, RouteServices services) {
        result.detail("waiting", services.store().waiting());
        result.state(services.store().usable() ? HealthCheck.State.UP : HealthCheck.State.DOWN);
    }

    private static void lanes(HealthCheckResultBuilder result, CamelContext camel) {
        boolean up = true;
        for (String route : new String[] {"journey", "outbox"}) {
            var status = camel.getRouteController().getRouteStatus(route);
            result.detail(route, String.valueOf(status));
            up &= status != null && status.isStarted();
        }
        result.state(up ? HealthCheck.State.UP : HealthCheck.State.DOWN);
    }

    private static void channel(HealthCheckResultBuilder result, RouteServices services, String id) {
        ChannelActivity.Poll poll = services.activity().all().get(id);
        if (poll == null || poll.problem() == null) {
            result.up();
        } else {
            result.message(poll.problem()).detail("failures", poll.failures()).down();
        }
    }

    /** One check. */
    private static final class Check extends AbstractHealthCheck {
        private final boolean readiness;
        private final BiConsumer<HealthCheckResultBuilder, CamelContext> call;

        Check(String id, boolean readiness, BiConsumer<HealthCheckResultBuilder, CamelContext> call) {
            super(GROUP, id);
            this.readiness = readiness;
            this.call = call;
        }

        @Override
        public boolean isReadiness() {
            return readiness;
        }

        @Override
        public boolean isLiveness() {
            return false;
        }

        @Override
        protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
            call.accept(result, getCamelContext());
        }
    }

    /** A check for each channel and desk that there is now. */
    private record Channels(RouteServices services) implements HealthCheckRepository {
        @Override
        public String getId() {
            return "dragoman-channels";
        }

        @Override
        public boolean isEnabled() {
            return true;
        }

        @Override
        public void setEnabled(boolean enabled) {
            throw new UnsupportedOperationException("the checks of channels are always there");
        }

        @Override
        public Stream<HealthCheck> stream() {
            return services.registry().all().map(this::check);
        }

        private HealthCheck check(ConfiguredAccount configured) {
            String id = configured.account().id();
            return new Check("dragoman-channel-" + id, false, (result, camel) -> channel(result, services, id));
        }
    }
}
