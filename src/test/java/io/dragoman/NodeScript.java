// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A script below the tests' resources that uses a package of npm, and says in one line of JSON what it found. */
public final class NodeScript {
    private static final Path RESOURCES = Path.of("src/test/resources/io/dragoman");

    private NodeScript() {}

    /**
     * Runs it; skips the test, loudly, where the package cannot be had.
     *
     * @param script below {@code io/dragoman} among the resources
     */
    public static JsonNode run(String script, String name, String version, Map<String, String> environment)
            throws Exception {
        Optional<Path> modules = NpmPackage.of(name, version);
        Assumptions.assumeTrue(modules.isPresent(), "no npm " + name);
        ProcessBuilder builder =
                new ProcessBuilder("node", RESOURCES.resolve(script).toString());
        builder.environment().putAll(environment);
        builder.environment().put("NODE_PATH", modules.get().toString());
        Process node = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String line = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new ObjectMapper().readTree(line);
    }
}
