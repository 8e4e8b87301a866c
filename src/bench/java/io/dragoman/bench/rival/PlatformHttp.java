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

/** A Camel route from {@code platform-http:} that answers, and verifies and stores nothing. */
public final class PlatformHttp implements Server {
    private static final Duration READY = Duration.ofMinutes(1);

    private final Path home;
    private final int port = Child.freePort();

    private PlatformHttp(Path home) {
        this.home = home;
    }

    /** Writes it, and lets Maven find its libraries, which are not the product's. */
    public static PlatformHttp write(Path home) throws IOException {
        PlatformHttp server = new PlatformHttp(home);
        Resources.copy("platform-http-pom.xml", home.resolve("pom.xml"));
        Resources.copy("platform-http.camel.yaml", home.resolve("bare.camel.yaml"));
        Files.writeString(
                home.resolve("application.properties"),
                String.join(
                        "\n",
                        "camel.main.routesIncludePattern=file:bare.camel.yaml",
                        "camel.server.enabled=true",
                        "camel.server.host=127.0.0.1",
                        "camel.server.port=" + server.port,
                        ""));
        Child.run(
                home,
                "mvn",
                "-B",
                "-ntp",
                "-q",
                "dependency:build-classpath",
                "-Dmdep.outputFile=" + home.resolve("classpath"));
        return server;
    }

    @Override
    public Target target() {
        return new Target(port, "/channels/shop-whatsapp", Gateway.SECRET);
    }

    @Override
    public Child start() throws IOException {
        String classes = home + ":" + Files.readString(home.resolve("classpath"));
        List<String> command = List.of(
                Child.javaCommand(), "-Xmx256m", "-XX:+UseSerialGC", "-cp", classes, "org.apache.camel.main.Main");
        return Child.program("Camel", command, home, Map.of(), home.resolve("log"))
                .awaitAnswer(port, "/ready", READY);
    }
}
