// SPDX-License-Identifier: Apache-2.0
package io.dragoman.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dragoman.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console in a {@link Browser}, before a gateway that works; where that is missing it is skipped and says so. It leaves
 * the pictures of docs/console.md in {@code target/console}.
 */
final class ConsoleBrowserTest {
    private static final Path PICTURES = Path.of("target/console").toAbsolutePath();

    @TempDir
    private Path home;

    @Test
    void peopleShouldSeeAndMendEverythingByKeyboardOnAnyScreenAndNothingHostileShouldRun() throws Exception {
        Optional<Browser> browser = Browser.find();
        assumeTrue(browser.isPresent(), "no chromium, playwright-core or axe-core");
        Files.createDirectories(PICTURES);
        try (ConsoleGateway gateway = new ConsoleGateway(home)) {
            List<String> arguments = List.of(
                    gateway.console().toString(),
                    ConsoleGateway.NAMED + "/console/",
                    ConsoleGateway.OPERATOR,
                    ConsoleGateway.AGENT,
                    ConsoleGateway.VIEWER,
                    PICTURES.toString());
            assertThat(browser.get().run("visit.cjs", arguments, gateway::turn))
                    .as("what the visitor saw is above")
                    .isZero();
        }
    }
}
