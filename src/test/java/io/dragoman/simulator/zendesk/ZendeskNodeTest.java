// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zendesk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.NpmPackage;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The simulator with a client of other people's making, npm node-zendesk; skipped loudly where npm cannot get it. */
final class ZendeskNodeTest {
    private static final Path SCRIPT = Path.of("src/test/resources/io/dragoman/simulator/zendesk/client.js")
            .toAbsolutePath();

    @Test
    void clientShouldUnderstandWhatItIsAnswered() throws Exception {
        Optional<Path> modules = NpmPackage.of("node-zendesk", "6.0.1");
        Assumptions.assumeTrue(modules.isPresent(), "no npm node-zendesk");
        try (ZendeskSimulator zendesk = new ZendeskSimulator(0)) {
            Map<String, String> settings = zendesk.settings();
            ProcessBuilder builder = new ProcessBuilder(
                    "node",
                    SCRIPT.toString(),
                    settings.get("baseUrl") + "/api/v2",
                    settings.get("email"),
                    settings.get("token"));
            builder.environment().put("NODE_PATH", modules.get().toString());
            Process node =
                    builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            byte[] said = node.getInputStream().readAllBytes();
            assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(node.exitValue()).isZero();
            JsonNode told = Json.tree(said);
            assertThat(told).isEqualTo(Json.tree("""
                            {"same": true, "status": "open", "tags": ["vip"], "refused": 422,
                             "comments": ["Hello", "The blue ones"], "authors": [true, true]}""".getBytes(StandardCharsets.UTF_8)));
            assertThat(zendesk.tickets().mails()).isEmpty();
        }
    }
}
