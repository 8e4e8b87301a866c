// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A package of npm that a test runs with Node.js, fetched once into {@code target}. */
public final class NpmPackage {
    private static final long SECONDS = 60;

    private NpmPackage() {}

    /**
     * The folder for {@code NODE_PATH} with this version of it; empty, which is said loudly, where it cannot be had: no
     * npm, or no network.
     */
    public static Optional<Path> of(String name, String version) throws InterruptedException {
        Path folder = Path.of("target/npm", name + "-" + version).toAbsolutePath();
        Path modules = folder.resolve("node_modules");
        if (!Files.isDirectory(modules.resolve(name))) {
            install(folder, name + "@" + version);
        }
        if (Files.isDirectory(modules.resolve(name))) {
            return Optional.of(modules);
        }
        System.err.println("######## NOT TRIED WITH npm " + name + ": npm is missing, or cannot get it ########");
        return Optional.empty();
    }

    private static void install(Path folder, String what) throws InterruptedException {
        try {
            Files.createDirectories(folder);
            Process npm = new ProcessBuilder(
                            "npm",
                            "install",
                            "--silent",
                            "--no-audit",
                            "--no-fund",
                            "--prefix",
                            folder.toString(),
                            what)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("install.log").toFile())
                    .start();
            if (!npm.waitFor(SECONDS, TimeUnit.SECONDS)) {
                npm.destroyForcibly();
            }
        } catch (IOException e) {
            // no npm: told by the caller
        }
    }
}
