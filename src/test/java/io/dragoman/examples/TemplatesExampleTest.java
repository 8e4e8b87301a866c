// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.model.Conversation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/examples/routes/templates.camel.yaml}: the gateway's route templates. */
final class TemplatesExampleTest {
    private static final String TEXT = "She said \"now\",\nnot {later}: \\ ${body} გამარჯობა";

    @Test
    void templatesShouldMakeChannelsOfAComponent(@TempDir Path folder) throws Exception {
        try (Example example = Example.start(
                folder, "templates", Map.of("SPOOL", folder.resolve("spool").toString()))) {
            example.home.drop("spool/faxes/1.json", Example.MESSAGE);
            example.home.drop("spool/terminal/bob.txt", TEXT);
            TestGateway.await("both", () -> example.home.conversations().size() == 2);
            for (Conversation conversation : example.home.conversations()) {
                example.home.reply(conversation.id(), TEXT + conversation.address());
            }
            TestGateway.await(
                    "both answers",
                    () -> written(example, "spool/faxes-out").size() == 1
                            && written(example, "spool/terminal-out").size() == 1);
            String text = written(example, "spool/terminal-out").get(0);
            assertThat(text).startsWith("bob-").endsWith(".txt");
            assertThat(example.home.content("spool/terminal-out/" + text)).isEqualTo(TEXT + "bob");
            String json = written(example, "spool/faxes-out").get(0);
            assertThat(example.home.content("spool/faxes-out/" + json))
                    .contains("\"id\":\"" + json.replace(".json", "") + "\"", "\"to\":\"ana\"");
            assertThat(example.home.conversations())
                    .extracting(Conversation::channel)
                    .containsExactlyInAnyOrderElementsOf(List.of("faxes", "terminal"));
        }
    }

    /** Whole files: one that is being written begins with a dot. */
    private static List<String> written(Example example, String folder) {
        return example.home.files(folder).stream()
                .filter(name -> !name.startsWith("."))
                .toList();
    }
}
