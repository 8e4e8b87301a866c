// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.dragoman.OperatorHome;
import io.dragoman.TestGateway;
import io.dragoman.model.Part;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** {@code docs/examples/routes/plain-text.camel.yaml}, and what is said of JSON that is none. */
final class PlainTextExampleTest {
    private static final String TEXT = "She said \"now\",\nnot {later}: \\ ${body} გამარჯობა";

    @Test
    @DisplayName("a text with quotes, line breaks and braces arrives as it is")
    void textShouldArriveAsItIs(@TempDir Path folder) throws Exception {
        try (Example example = Example.start(
                folder, "plain-text", Map.of("NOTES", folder.resolve("notes").toString()))) {
            example.home.drop("notes/ana.txt", TEXT);
            TestGateway.await(
                    "the conversation", () -> !example.home.conversations().isEmpty());
            String conversation = example.home.conversations().get(0).id();
            List<Part> parts = example.home
                    .gateway
                    .store()
                    .read(tx -> tx.messages().of(conversation, 0, 1))
                    .get(0)
                    .parts();
            assertThat(parts).containsExactly(new Part.Text(TEXT));
            assertThat(example.home.conversations().get(0).address()).isEqualTo("ana");
        }
    }

    @Test
    @DisplayName(
            "plain text and broken JSON are dead with a reason that says what to do, in the log too, without content")
    void reasonShouldSayWhatToDo(@TempDir Path folder) throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("io.dragoman");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (OperatorHome home = OperatorHome.start(folder)) {
            home.camel().createProducerTemplate().sendBody("intake:faxes", "secret plain text");
            home.camel()
                    .createProducerTemplate()
                    .sendBody("intake:faxes", "{\"id\": \"1\", \"from\": \"ana\", \"text\": \"a \"secret\" quote\"}");
            assertThat(List.copyOf(log.list))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.startsWith("intake faxes: event ")
                            && line.contains(" is kept as dead: the body is not well-formed JSON")
                            && line.contains("{\"id\": …, \"from\": …, \"text\": …}")
                            && line.contains("marshal"))
                    .anyMatch(line -> line.startsWith("intake faxes: event ")
                            && line.contains(" is kept as dead: the body is not well-formed JSON")
                            && line.contains("A template breaks at quotes and line breaks"))
                    .noneMatch(line -> line.contains("secret"));
            assertThat(home.conversations()).isEmpty();
        } finally {
            logger.detachAppender(log);
        }
    }
}
