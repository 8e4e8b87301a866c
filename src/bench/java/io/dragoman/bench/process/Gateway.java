// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.process;

import io.dragoman.bench.process.LoadProcess.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The gateway by its launcher, as an operator starts it, with a home folder of the benchmark: one WhatsApp channel, one
 * rule, one webhook desk, everything else as shipped but for the limit of requests a second from one address.
 */
public final class Gateway implements Server {
    /** The folder of the sources, with the launcher. */
    public static final Path SOURCES = Path.of(System.getProperty("dragoman.bench.folder", "."));

    /** Signs the webhooks. */
    public static final String SECRET = "the secret of a benchmark";

    /** Opens the admin port. */
    public static final String TOKEN = "the token of a benchmark";

    private static final String DESK_SECRET = "whsec_ZHJhZ29tYW4gZHJhZ29tYW4gZHJhZ29tYW4gMDA=";
    private static final Duration READY = Duration.ofMinutes(5);
    private static final String CHANNEL = "shop-whatsapp";

    private static boolean built;

    private final Path home;
    private final int port = Child.freePort();
    private final int adminPort = Child.freePort();
    private final Map<String, String> environment = new HashMap<>();

    private Gateway(Path home) {
        this.home = home;
        environment.put("BENCH_SECRET", SECRET);
        environment.put("BENCH_DESK_SECRET", DESK_SECRET);
        environment.put("BENCH_TOKEN", TOKEN);
    }

    /**
     * Writes its configuration.
     *
     * @param desk the port of the desk
     * @param store where it stores: the setting {@code store.url}
     * @param javaOptions more options for Java; empty for those of the launcher alone
     */
    public static Gateway write(Path home, int desk, String store, String javaOptions) throws IOException {
        build();
        Gateway gateway = new Gateway(home);
        gateway.environment.put("DRAGOMAN_JAVA_OPTS", javaOptions);
        Files.createDirectories(home.resolve("config"));
        gateway.put("gateway", String.format(Locale.ROOT, """
                http: {host: 127.0.0.1, port: %d, maxRate: 0}
                admin: {host: 127.0.0.1, port: %d, token: "${env:BENCH_TOKEN}"}
                store: {url: "%s"}
                desk: helpdesk
                """, gateway.port, gateway.adminPort, store));
        gateway.put("channels", String.format(Locale.ROOT, """
                channels:
                  %s:
                    kind: whatsapp
                    phoneNumberId: "778"
                    accessToken: "${env:BENCH_TOKEN}"
                    appSecret: "${env:BENCH_SECRET}"
                    verifyToken: "${env:BENCH_TOKEN}"
                    baseUrl: http://127.0.0.1:9
                    markRead: false
                """, CHANNEL));
        gateway.put("desks", String.format(Locale.ROOT, """
                desks:
                  helpdesk: {kind: webhook, url: "http://127.0.0.1:%d/hook", secret: "${env:BENCH_DESK_SECRET}"}
                """, desk));
        gateway.put("rules", """
                rules:
                  - name: Refunds go to billing
                    when: {text: {any: [refund, money back]}}
                    team: billing
                    tags: [refund]
                """);
        return gateway;
    }

    /** Builds it where that is still to be done, so that no start is measured with it. */
    private static void build() throws IOException {
        if (built) {
            return;
        }
        Path launcher = SOURCES.resolve("dragoman");
        try {
            int status = new ProcessBuilder(launcher.toString(), "--version")
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException(launcher + " --version ended with " + status);
            }
            built = true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Target target() {
        return new Target(port, "/channels/" + CHANNEL, SECRET);
    }

    @Override
    public Child start() throws IOException {
        return Child.program(
                        "the gateway",
                        List.of(SOURCES.resolve("dragoman").toString(), "run", "--home", home.toString()),
                        home,
                        environment,
                        home.resolve("log"))
                .awaitAnswer(adminPort, "/health/ready", READY);
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(home.resolve("config/" + name + ".yaml"), text);
    }
}
