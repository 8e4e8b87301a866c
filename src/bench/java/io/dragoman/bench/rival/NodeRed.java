// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.rival;

import io.dragoman.bench.process.Child;
import io.dragoman.bench.process.Gateway;
import io.dragoman.bench.process.LoadProcess.Target;
import io.dragoman.bench.process.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Node-RED with a flow that verifies a webhook, makes a notice of it and posts it to the desk, and answers then. It
 * stores nothing. npm installs it once, below {@code ~/.cache}.
 */
public final class NodeRed implements Server {
    private static final String PACKAGE = "node-red@4.1.15";
    private static final Duration READY = Duration.ofMinutes(2);

    private final Path installed;
    private final Path home;
    private final int desk;
    private final int port = Child.freePort();

    private NodeRed(Path installed, Path home, int desk) {
        this.installed = installed;
        this.home = home;
        this.desk = desk;
    }

    /** Installs it where that is still to be done; empty, and the reason is printed, where it cannot be. */
    public static Optional<Path> install() throws IOException {
        Path folder = Path.of(System.getProperty("user.home"), ".cache", "dragoman-bench", PACKAGE);
        if (Files.exists(folder.resolve("node_modules/node-red/red.js"))) {
            return Optional.of(folder);
        }
        Files.createDirectories(folder);
        try {
            Child.run(folder, "npm", "install", "--no-audit", "--no-fund", "--prefix", folder.toString(), PACKAGE);
            return Optional.of(folder);
        } catch (IOException e) {
            System.out.println("######## NODE-RED IS NOT MEASURED: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Writes its settings and flow, which forwards to the desk on this port. */
    public static NodeRed write(Path installed, Path home, int desk) throws IOException {
        Resources.copy("node-red-settings.js", home.resolve("settings.js"));
        Resources.copy("node-red-flows.json", home.resolve("flows.json"));
        return new NodeRed(installed, home, desk);
    }

    @Override
    public Target target() {
        return new Target(port, "/channels/shop-whatsapp", Gateway.SECRET);
    }

    @Override
    public Child start() throws IOException {
        List<String> command = List.of(
                "node",
                installed.resolve("node_modules/node-red/red.js").toString(),
                "--userDir",
                home.toString(),
                "--settings",
                home.resolve("settings.js").toString());
        Map<String, String> environment = Map.of(
                "BENCH_PORT",
                Integer.toString(port),
                "BENCH_SECRET",
                Gateway.SECRET,
                "BENCH_DESK",
                "http://127.0.0.1:" + desk + "/hook");
        return Child.program("Node-RED", command, home, environment, home.resolve("log"))
                .awaitAnswer(port, "/ready", READY);
    }
}
