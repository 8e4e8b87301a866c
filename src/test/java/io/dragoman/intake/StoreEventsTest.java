// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestChannel;
import io.dragoman.TestGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the log says of events as they are stored. */
final class StoreEventsTest {
    @Test
    @DisplayName("what is kept as dead is a warning with the id under which it is found, also when it comes again")
    void deadEventShouldBeToldWithItsId(@TempDir Path data) throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(StoreEvents.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (TestGateway test = new TestGateway(data)) {
            assertThat(test.post("no json")).isEqualTo(200);
            assertThat(test.post("no json")).isEqualTo(200);
            JsonNode dead = test.admin("/api/v1/dead").at("/deadLetters");
            assertThat(dead).hasSize(1);
            assertThat(log.list.stream().map(event -> event.getLevel() + " " + event.getFormattedMessage()))
                    .hasSize(2)
                    .containsOnly("WARN intake shop: event " + dead.at("/0/id").asText()
                            + " is kept as dead: the body is not an array of events");
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    @DisplayName("a desk's developer gets 400 with what is wrong, which is in the log and among the dead too")
    void deskShouldBeToldWhatIsWrong(@TempDir Path data) throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(StoreEvents.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (TestGateway test = new TestGateway(data)) {
            String body = "no json";
            String signature = TestChannel.sign("secret of desk", body.getBytes(StandardCharsets.UTF_8));
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + test.gateway.publicPort() + "/desks/desk"))
                                    .header("X-Signature", signature)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("the body is not an array of events");
            JsonNode dead = test.admin("/api/v1/dead").at("/deadLetters");
            assertThat(dead).hasSize(1);
            assertThat(dead.at("/0/reason").asText()).isEqualTo("the body is not an array of events");
            assertThat(log.list.stream().map(event -> event.getLevel() + " " + event.getFormattedMessage()))
                    .containsExactly("WARN intake desk: event "
                            + dead.at("/0/id").asText() + " is kept as dead: the body is not an array of events");
        } finally {
            logger.detachAppender(log);
        }
    }
}
