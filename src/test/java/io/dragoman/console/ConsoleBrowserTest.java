// SPDX-License-Identifier: Apache-2.0
package io.dragoman.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dragoman.NpmPackage;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console in Debian's Chromium by npm playwright-core and axe-core, before a gateway that works; where one of them is
 * missing it is skipped and says so. It leaves the pictures of docs/console.md in {@code target/console}.
 */
final class ConsoleBrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target/console").toAbsolutePath();

    @TempDir
    private Path home;

    @Test
    void peopleShouldSeeAndMendEverythingByKeyboardOnAnyScreenAndNothingHostileShouldRun() throws Exception {
        Optional<String> modules = modules();
        assumeTrue(modules.isPresent(), "no chromium, playwright-core or axe-core");
        Files.createDirectories(PICTURES);
        try (ConsoleGateway gateway = new ConsoleGateway(home)) {
            Process visitor = visitor(modules.get(), gateway);
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(visitor.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    gateway.turn(line);
                }
                assertThat(visitor.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(visitor.exitValue())
                        .as("what the visitor saw is above")
                        .isZero();
            } finally {
                visitor.destroyForcibly();
            }
        }
    }

    /** What the script needs, as {@code NODE_PATH}; empty, which is said, where it cannot be had. */
    private static Optional<String> modules() throws InterruptedException {
        if (!Files.isExecutable(CHROMIUM)) {
            System.err.println("######## NOT TRIED IN A BROWSER: there is no " + CHROMIUM + " ########");
            return Optional.empty();
        }
        Optional<Path> playwright = NpmPackage.of("playwright-core", "1.65.1");
        Optional<Path> axe = NpmPackage.of("axe-core", "4.14.1");
        return playwright.isPresent() && axe.isPresent()
                ? Optional.of(playwright.get() + File.pathSeparator + axe.get())
                : Optional.empty();
    }

    private static Process visitor(String modules, ConsoleGateway gateway) throws Exception {
        ProcessBuilder visitor = new ProcessBuilder(
                        "node",
                        Path.of("src/test/resources/io/dragoman/console/visit.cjs")
                                .toAbsolutePath()
                                .toString(),
                        CHROMIUM.toString(),
                        gateway.console().toString(),
                        ConsoleGateway.NAMED + "/console/",
                        ConsoleGateway.OPERATOR,
                        ConsoleGateway.AGENT,
                        ConsoleGateway.VIEWER,
                        PICTURES.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        visitor.environment().put("NODE_PATH", modules);
        return visitor.start();
    }
}
