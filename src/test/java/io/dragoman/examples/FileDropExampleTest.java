// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/examples/routes/file-drop.camel.yaml}. */
final class FileDropExampleTest {
    @Test
    void fileShouldBecomeAMessageAndTheAnswerAFile(@TempDir Path folder) throws Exception {
        try (Example example = Example.start(
                folder, "file-drop", Map.of("FAXES", folder.resolve("faxes").toString()))) {
            example.home.drop("faxes/in/1.json", Example.MESSAGE);
            example.converse(answer -> example.home.files("faxes/out").stream()
                    .anyMatch(name -> example.home.content("faxes/out/" + name).contains(answer)));
            TestGateway.await(
                    "the file's move",
                    () -> example.home.files("faxes/in/.camel").contains("1.json"));
            assertThat(example.home.files("faxes/in")).isEmpty();
        }
    }
}
