// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.rules.Decision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Channel;
import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.ServiceStatus;
import org.apache.camel.processor.errorhandler.DefaultErrorHandler;
import org.apache.camel.processor.errorhandler.NoErrorHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators' routes keep Camel's safety nets, and their troubles are theirs alone. */
final class OperatorRoutesTest {
    private static final String MESSAGE = "{\"id\": \"1\", \"from\": \"ana\", \"text\": \"hello\"}";
    private static final String FAILS = """
            - route:
                id: fails
                from:
                  uri: direct:fails
                  steps:
                    - to: direct:nobody?failIfNoConsumers=true&block=false
            """;
    private static final String DROP = """
            - route:
                id: drop
                from:
                  uri: file:HOME/in?delay=50&initialDelay=10&moveFailed=failed
                  steps:
                    - to: intake:faxes
            """;

    @TempDir
    private Path folder;

    @Test
    void ownOnExceptionShouldHandleWhatFails() throws Exception {
        try (OperatorHome home = OperatorHome.start(folder, """
                - onException:
                    exception: [java.lang.Exception]
                    handled: {constant: "true"}
                    steps:
                      - setBody: {constant: handled}
                """ + FAILS)) {
            Object answer = home.camel().createProducerTemplate().requestBody("direct:fails", "x");
            assertThat(answer).isEqualTo("handled");
        }
    }

    @Test
    void deadLetterChannelShouldTakeWhatFails() throws Exception {
        try (OperatorHome home = OperatorHome.start(folder, """
                - route:
                    id: fails
                    errorHandler:
                      deadLetterChannel: {deadLetterUri: "file:HOME/dead?fileName=one.txt"}
                    from:
                      uri: direct:fails
                      steps:
                        - to: direct:nobody?failIfNoConsumers=true&block=false
                """)) {
            home.camel().createProducerTemplate().sendBody("direct:fails", "x");
            assertThat(home.content("dead/one.txt")).isEqualTo("x");
        }
    }

    @Test
    void routeWithoutErrorHandlingShouldKeepCamelsDefault() throws Exception {
        try (OperatorHome home = OperatorHome.start(folder, FAILS)) {
            assertThat(errorHandlers(home, "fails"))
                    .isNotEmpty()
                    .allMatch(handler -> handler instanceof DefaultErrorHandler);
            for (String own : List.of("journey", "outbox", "webhook:shop")) {
                assertThat(errorHandlers(home, own))
                        .as(own)
                        .isNotEmpty()
                        .allMatch(handler -> handler instanceof NoErrorHandler);
            }
        }
    }

    /** What stands around each step of a route. */
    private static List<Processor> errorHandlers(OperatorHome home, String route) {
        List<Processor> handlers = new ArrayList<>();
        collect(home.camel().getRoute(route).navigate(), handlers);
        return handlers;
    }

    private static void collect(Navigate<Processor> parent, List<Processor> handlers) {
        for (Processor step : parent.hasNext() ? parent.next() : List.<Processor>of()) {
            if (step instanceof Channel channel) {
                handlers.add(channel.getErrorHandler());
            } else if (step instanceof Navigate<?>) {
                @SuppressWarnings("unchecked")
                Navigate<Processor> below = (Navigate<Processor>) step;
                collect(below, handlers);
            }
        }
    }

    @Test
    void routeThatCannotStartShouldNotKeepTheGatewayDown() throws Exception {
        Instant begun = Instant.now();
        try (OperatorHome home = OperatorHome.start(folder, DROP, """
                - route:
                    id: later
                    from:
                      uri: file:HOME/later?autoCreate=false&startingDirectoryMustExist=true&delay=50
                      steps:
                        - to: intake:faxes
                """)) {
            assertThat(home.ready().statusCode()).isEqualTo(200);
            assertThat(home.health("later").path("status").asText()).isEqualTo("restarting");
            assertThat(home.health("later").path("error").asText()).isEqualTo("FileNotFoundException");
            assertThat(home.health("drop").path("status").asText()).isEqualTo("started");
            home.drop("in/1.json", MESSAGE);
            TestGateway.await("the message", () -> !home.conversations().isEmpty());

            TestGateway.await(
                    "what is known of the next try", () -> home.health("later").has("nextTry"));
            assertThat(Instant.parse(home.health("later").path("nextTry").asText()))
                    .isAfter(begun);
            Files.createDirectories(folder.resolve("later"));
            TestGateway.await(
                    "the next try",
                    () -> home.health("later").path("status").asText().equals("started"));
        }
    }

    @Test
    void routeThatHangsAtItsStartShouldNotKeepTheGatewayDown() throws Exception {
        HangingComponent.release = new CountDownLatch(1);
        try (OperatorHome home = OperatorHome.start(folder, DROP, """
                - route: {id: hangs, from: {uri: "test-hanging:x", steps: [{to: "intake:faxes"}]}}
                """)) {
            assertThat(home.ready().statusCode()).isEqualTo(200);
            assertThat(home.health("hangs").path("status").asText()).isNotEqualTo("started");
            home.camel().createProducerTemplate().send("intake:faxes", exchange -> exchange.getMessage()
                    .setBody(MESSAGE));
            TestGateway.await("the message", () -> !home.conversations().isEmpty());
            HangingComponent.release.countDown();
            TestGateway.await(
                    "its start",
                    () -> home.health("hangs").path("status").asText().equals("started"));
        } finally {
            HangingComponent.release.countDown();
        }
    }

    @Test
    void channelsShouldComeAndGoBesideARouteThatCannotStart() throws Exception {
        try (OperatorHome home = OperatorHome.start(folder, DROP, """
                - route:
                    id: later
                    from:
                      uri: file:HOME/later?autoCreate=false&startingDirectoryMustExist=true&delay=50
                      steps:
                        - to: intake:faxes
                """)) {
            ConfiguredAccounts all = home.gateway.setup().accounts();
            Object untouched = home.camel().getRoute("drop");
            home.gateway.reload(home.without("shop"), situation -> Decision.NOTHING);
            assertThat(home.camel().getRoute("webhook:shop")).isNull();
            assertThat(home.ready().statusCode()).isEqualTo(200);
            home.gateway.reload(all, situation -> Decision.NOTHING);
            assertThat(home.camel().getRouteController().getRouteStatus("webhook:shop"))
                    .isEqualTo(ServiceStatus.Started);
            assertThat(home.camel().getRoute("drop")).isSameAs(untouched);
            assertThat(home.health("later").path("status").asText()).isEqualTo("restarting");
            assertThat(home.ready().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void handOverToAChannelThatWasRemovedShouldFailTheExchange() throws Exception {
        try (OperatorHome home = OperatorHome.start(folder, DROP)) {
            home.gateway.reload(home.without("faxes"), situation -> Decision.NOTHING);
            home.drop("in/1.json", MESSAGE);
            TestGateway.await("the file", () -> home.files("in/failed").contains("1.json"));
            assertThat(home.conversations()).isEmpty();
        }
    }

    @Test
    void filesThatCannotBeLoadedShouldBeNamed() throws Exception {
        try (OperatorHome home = OperatorHome.start(
                folder,
                "- route:\n  id: x\n   from: [",
                "- rute: {}",
                "- route: {id: fax, from: {uri: \"nonsense:x\", steps: [{to: \"intake:faxes\"}]}}",
                "- route: {id: fax, from: {uri: \"direct:x\", steps: [{to: \"intake:nobody\"}]}}",
                "- route: {id: journey, from: {uri: \"direct:y\", steps: [{to: \"intake:faxes\"}]}}",
                DROP)) {
            assertThat(home.ready().statusCode()).isEqualTo(200);
            for (int i = 0; i < 5; i++) {
                assertThat(home.health("routes/own" + i + ".camel.yaml")
                                .path("status")
                                .asText())
                        .as("file " + i)
                        .isEqualTo("not-loaded");
                assertThat(home.health("routes/own" + i + ".camel.yaml")
                                .path("error")
                                .asText())
                        .startsWith("routes/own" + i + ".camel.yaml:")
                        .doesNotContain("Exception");
            }
            assertThat(home.health("routes/own3.camel.yaml").path("error").asText())
                    .contains("hands over to intake:nobody", "Known: app, faxes");
            assertThat(home.camel().getRoute("journey").getEndpoint().getEndpointUri())
                    .startsWith("dragoman-lane");
            home.drop("in/1.json", MESSAGE);
            TestGateway.await("the message", () -> !home.conversations().isEmpty());
        }
    }

    @Test
    void stoppedRouteShouldLeaveTheGatewayReady() throws Exception {
        try (OperatorHome home = OperatorHome.start(folder, DROP)) {
            home.camel().getRouteController().stopRoute("drop");
            assertThat(home.ready().statusCode()).isEqualTo(200);
            assertThat(home.health("drop").path("status").asText()).isEqualTo("stopped");
            home.camel().getRouteController().startRoute("drop");
            home.camel().getRouteController().suspendRoute("drop");
            assertThat(home.ready().statusCode()).isEqualTo(200);
            assertThat(home.health("drop").path("status").asText()).isEqualTo("suspended");
            home.camel().getRouteController().stopRoute("journey");
            assertThat(home.ready().statusCode()).as("one of ours").isEqualTo(503);
        }
    }

    @Test
    void routeConfigurationOfAnOperatorShouldNotReachOurRoutes() throws Exception {
        try (OperatorHome home = OperatorHome.start(folder, """
                - routeConfiguration:
                    intercept:
                      - intercept:
                          steps:
                            - throwException: {exceptionType: java.lang.IllegalStateException, message: mine}
                """, DROP)) {
            home.gateway.store().read(tx -> tx.events().counts());
            org.apache.camel.ProducerTemplate template = home.camel().createProducerTemplate();
            template.send("intake:faxes", exchange -> exchange.getMessage().setBody(MESSAGE));
            TestGateway.await("the message", () -> !home.conversations().isEmpty());
        }
    }

    @Test
    void refusedHandOverShouldFailTheExchange() throws Exception {
        try (OperatorHome home = OperatorHome.start(folder, DROP.replace("intake:faxes", "intake:shop"))) {
            home.drop("in/1.json", MESSAGE);
            TestGateway.await("the file", () -> home.files("in/failed").contains("1.json"));
            assertThat(home.files("in/.camel")).isEmpty();
            assertThat(home.conversations()).isEmpty();
        }
    }

    @Test
    void handOverShouldLeaveTheOperatorsMessageAsItIs() throws Exception {
        try (OperatorHome home = OperatorHome.start(folder, """
                - route:
                    id: keeps
                    from:
                      uri: direct:keeps
                      steps:
                        - setHeader: {name: mine, constant: "1"}
                        - to: intake:faxes
                        - setBody: {simple: "${body}/${header.mine}"}
                """)) {
            assertThat(home.camel().createProducerTemplate().requestBody("direct:keeps", MESSAGE, String.class))
                    .isEqualTo(MESSAGE + "/1");
        }
    }
}
