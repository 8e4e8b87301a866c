// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.route.HookComponent;
import io.dragoman.route.HookEndpoint;
import io.dragoman.route.IntakeComponent;
import io.dragoman.route.LaneComponent;
import io.dragoman.route.LaneEndpoint;
import io.dragoman.route.PollComponent;
import io.dragoman.route.WebhookComponent;
import io.dragoman.route.WebhookEndpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our components as Camel finds them. */
final class ComponentsTest {
    private static final Map<String, Class<? extends Component>> COMPONENTS = Map.of(
            "dragoman-webhook", WebhookComponent.class,
            "dragoman-poll", PollComponent.class,
            "dragoman-lane", LaneComponent.class,
            "dragoman-hook", HookComponent.class,
            "intake", IntakeComponent.class);

    @Test
    void anyContextShouldFindThemByTheirServiceFilesAndNobodyElseByTheirNames() throws Exception {
        CamelContext camel = new DefaultCamelContext();
        try {
            for (var component : COMPONENTS.entrySet()) {
                assertThat(camel.getComponent(component.getKey())).isInstanceOf(component.getValue());
                String file = "META-INF/services/org/apache/camel/component/" + component.getKey();
                assertThat(Collections.list(getClass().getClassLoader().getResources(file)))
                        .as(file)
                        .hasSize(1);
            }
        } finally {
            camel.stop();
        }
    }

    @Test
    void contextThatIsNoGatewaysShouldSayWhatIsMissing() throws Exception {
        CamelContext camel = new DefaultCamelContext();
        try {
            assertThatThrownBy(() -> camel.getEndpoint("intake:faxes"))
                    .isInstanceOf(ResolveEndpointFailedException.class)
                    .rootCause()
                    .hasMessageContaining("RouteServices");
        } finally {
            camel.stop();
        }
    }

    @Test
    void optionsShouldBeSetAndChecked(@TempDir Path data) throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            CamelContext camel = test.gateway.camelContext();
            assertThat(camel.getEndpoint("dragoman-lane:inbox?concurrency=7", LaneEndpoint.class)
                            .getConcurrency())
                    .isEqualTo(7);
            assertThat(camel.getEndpoint("dragoman-webhook:shop?largeBody=9", WebhookEndpoint.class)
                            .getLargeBody())
                    .isEqualTo(9);
            assertThat(camel.getEndpoint("dragoman-hook:after-commit?timeout=7s", HookEndpoint.class)
                            .getTimeout())
                    .isEqualTo(Duration.ofSeconds(7));
            for (String wrong : new String[] {
                "dragoman-lane:inbox?concurrency=0",
                "dragoman-lane:nonsense",
                "dragoman-lane:inbox?concurency=1",
                "dragoman-poll:nobody",
                "dragoman-webhook:nobody",
                "dragoman-hook:after-commit?timeout=1h",
                "dragoman-hook:during-lunch",
                "intake:nobody"
            }) {
                assertThatThrownBy(() -> camel.getEndpoint(wrong))
                        .as(wrong)
                        .isInstanceOf(ResolveEndpointFailedException.class);
            }
        }
    }

    @Test
    void sourcesShouldNotBeTargetsNorTargetsSources(@TempDir Path data) throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            CamelContext camel = test.gateway.camelContext();
            for (String source : new String[] {"dragoman-lane:inbox", "dragoman-webhook:shop", "dragoman-poll:shop"}) {
                assertThatThrownBy(() -> camel.getEndpoint(source).createProducer())
                        .as(source)
                        .isInstanceOf(UnsupportedOperationException.class);
            }
            for (String target : new String[] {"intake:shop", "dragoman-hook:after-commit"}) {
                assertThatThrownBy(() -> camel.addRoutes(new RouteBuilder() {
                            @Override
                            public void configure() {
                                from(target).log("never");
                            }
                        }))
                        .as(target)
                        .hasRootCauseInstanceOf(UnsupportedOperationException.class);
            }
        }
    }

    @Test
    void camelsHealthShouldTellOfStoreLanesAndChannels(@TempDir Path data) throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            CamelContext camel = test.gateway.camelContext();
            assertThat(states(camel))
                    .containsEntry("dragoman-store", HealthCheck.State.UP)
                    .containsEntry("dragoman-lanes", HealthCheck.State.UP)
                    .containsEntry("dragoman-channel-shop", HealthCheck.State.UP)
                    .containsEntry("dragoman-channel-desk", HealthCheck.State.UP);
            test.gateway.activity().failed("shop", "it does not answer");
            camel.getRouteController().stopRoute("outbox");
            assertThat(states(camel))
                    .containsEntry("dragoman-lanes", HealthCheck.State.DOWN)
                    .containsEntry("dragoman-channel-shop", HealthCheck.State.DOWN);
            assertThat(HealthCheckHelper.invokeReadiness(camel, "full"))
                    .as("one channel decides nothing")
                    .anyMatch(result -> result.getCheck().getId().equals("dragoman-lanes"))
                    .noneMatch(result -> result.getCheck().getId().startsWith("dragoman-channel"));
        }
    }

    private static Map<String, HealthCheck.State> states(CamelContext camel) {
        return HealthCheckHelper.invoke(camel, "full").stream()
                .collect(java.util.stream.Collectors.toMap(
                        result -> result.getCheck().getId(), HealthCheck.Result::getState, (one, other) -> other));
    }
}
