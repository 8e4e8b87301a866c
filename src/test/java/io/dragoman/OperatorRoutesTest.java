// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
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
            assertThat(home.camel().getRoute("fails").getErrorHandlerFactory())
                    .isNotInstanceOf(NoErrorHandlerDefinition.class);
            for (String own : List.of("journey", "outbox", "webhook:shop")) {
                assertThat(home.camel().getRoute(own).getErrorHandlerFactory())
                        .as(own)
                        .isInstanceOf(NoErrorHandlerDefinition.class);
            }
        }
    }

    @Test
    void routeThatCannotStartShouldNotKeepTheGatewayDown() throws Exception {
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

            Files.createDirectories(folder.resolve("later"));
            TestGateway.await(
                    "the next try",
                    () -> home.health("later").path("status").asText().equals("started"));
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
            }
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
