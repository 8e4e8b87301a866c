// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's Chromium, moved by scripts of npm's playwright-core and axe-core. */
public final class Browser {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path SCRIPTS = Path.of("src/test/resources/io/dragoman/console");

    private final String modules;

    private Browser(String modules) {
        this.modules = modules;
    }

    /** Does what the script waits for when it says a line. */
    @FunctionalInterface
    public interface Turn {
        void take(String line) throws Exception;
    }

    /** It; empty, which is said loudly, where something of it is missing. */
    public static Optional<Browser> find() throws InterruptedException {
        if (!Files.isExecutable(CHROMIUM)) {
            System.err.println("######## NOT TRIED IN A BROWSER: there is no " + CHROMIUM + " ########");
            return Optional.empty();
        }
        Optional<Path> playwright = NpmPackage.of("playwright-core", "1.65.1");
        Optional<Path> axe = NpmPackage.of("axe-core", "4.14.1");
        return playwright.isPresent() && axe.isPresent()
                ? Optional.of(new Browser(playwright.get() + File.pathSeparator + axe.get()))
                : Optional.empty();
    }

    /**
     * Runs a script to its end, with the browser's place as its first argument.
     *
     * @return the code that it ends with; what it saw is above, among what was printed
     */
    public int run(String script, List<String> arguments, Turn turn) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        "node",
                                        SCRIPTS.resolve(script).toAbsolutePath().toString(),
                                        CHROMIUM.toString()),
                                arguments.stream())
                        .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("NODE_PATH", modules);
        Process visitor = builder.start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(visitor.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                turn.take(line);
            }
            if (!visitor.waitFor(60, TimeUnit.SECONDS)) {
                throw new IOException(script + " does not end");
            }
            return visitor.exitValue();
        } finally {
            visitor.destroyForcibly();
        }
    }
}
