// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.Home;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command that runs the gateway, in a process of its own. */
final class RunTest {
    @Test
    @Timeout(120)
    void theLogSaysWhenItIsReadyAndWhenItHasStopped(@TempDir Path folder) throws Exception {
        new Home(folder)
                .write("gateway", "http: {host: 127.0.0.1, port: 0}\nadmin: {port: 0}\n")
                .write("channels", "channels:\n");
        Process gateway = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Dragoman.class.getName(),
                        "run",
                        "--home",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = gateway.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                if (line.contains(" ready: ")) {
                    gateway.toHandle().destroy();
                }
            }
            assertThat(gateway.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            gateway.destroyForcibly();
        }
        assertThat(lines)
                .anyMatch(line -> line.matches(".* INFO  Run ready: version \\S+, home \\Q" + folder
                        + "\\E, admin port [1-9][0-9]* with the console at /console/"));
        assertThat(lines.get(lines.size() - 1)).endsWith("INFO  Run stopped");
    }
}
