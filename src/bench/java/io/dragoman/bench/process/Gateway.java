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

    /** Signs what goes to the desk and what comes from it. */
    public static final String DESK_SECRET = "whsec_ZHJhZ29tYW4gZHJhZ29tYW4gZHJhZ29tYW4gMDA=";

    /** The address of its mailbox, where it has one; {@link #TOKEN} is the password. */
    public static final String ADDRESS = "support@shop.example";

    private static final Duration READY = Duration.ofMinutes(5);
    private static final String PASSWORD = Postgres.password();
    private static final int PHONE_NUMBER_ID = 778;
    private static final int DISCARD = 9;
    private static final String CHANNEL = "shop-whatsapp";

    private static boolean built;

    private final Path home;
    private final int port = Child.freePort();
    private final int adminPort = Child.freePort();
    private int whatsApp = DISCARD;
    private final Map<String, String> environment = new HashMap<>();

    private Gateway(Path home) {
        this.home = home;
        environment.put("BENCH_SECRET", SECRET);
        environment.put("BENCH_DESK_SECRET", DESK_SECRET);
        environment.put("BENCH_TOKEN", TOKEN);
        environment.put("BENCH_STORE_PASSWORD", PASSWORD);
    }

    /**
     * Writes its configuration.
     *
     * @param desk the port of the desk
     * @param store where it stores: the setting {@code store.url}
     * @param javaOptions more options for Java; empty for those of the launcher alone
     */
    public static Gateway write(Path home, int desk, String store, String javaOptions) throws IOException {
        return write(home, desk, store, home.resolve("data"), javaOptions);
    }

    /** The same with a folder beside the store that several may share. */
    public static Gateway write(Path home, int desk, String store, Path folder, String javaOptions) throws IOException {
        build();
        Gateway gateway = new Gateway(home);
        gateway.environment.put("DRAGOMAN_JAVA_OPTS", javaOptions);
        Files.createDirectories(home.resolve("config"));
        gateway.put("gateway", String.format(Locale.ROOT, """
                http: {host: 127.0.0.1, port: %d, maxRate: 0}
                admin: {host: 127.0.0.1, port: %d, token: "${env:BENCH_TOKEN}"}
                store: {url: "%s", password: "${env:BENCH_STORE_PASSWORD}", folder: "%s"}
                desk: helpdesk
                """, gateway.port, gateway.adminPort, store, folder));
        gateway.put("desks", String.format(Locale.ROOT, """
                desks:
                  helpdesk: {kind: webhook, url: "http://127.0.0.1:%d/hook", secret: "${env:BENCH_DESK_SECRET}"}
                """, desk));
        return gateway.channels(1).rules(1);
    }

    /** With so many channels, of one app; webhooks go to the first. */
    public Gateway channels(int count) throws IOException {
        StringBuilder text = new StringBuilder("channels:\n");
        for (int i = 0; i < count; i++) {
            text.append(
                    String.format(Locale.ROOT, """
                      %s:
                        kind: whatsapp
                        phoneNumberId: "%d"
                        accessToken: "${env:BENCH_TOKEN}"
                        appSecret: "${env:BENCH_SECRET}"
                        verifyToken: "${env:BENCH_TOKEN}"
                        baseUrl: http://127.0.0.1:%d
                        markRead: false
                    """, i == 0 ? CHANNEL : CHANNEL + "-" + i, PHONE_NUMBER_ID + i, whatsApp)
                            .indent(2));
        }
        put("channels", text.toString());
        return this;
    }

    /** With so many rules, of which only the last applies to what is sent. */
    public Gateway rules(int count) throws IOException {
        StringBuilder text = new StringBuilder("rules:\n");
        for (int i = 1; i < count; i++) {
            text.append(String.format(Locale.ROOT, """
                      - name: Product %1$d goes to its team
                        when: {text: {any: [product %1$d, article %1$d]}}
                        team: product-%1$d
                    """, i).indent(2));
        }
        text.append("""
                  - name: Refunds go to billing
                    when: {text: {any: [refund, money back]}}
                    team: billing
                    tags: [refund]
                """.indent(2));
        put("rules", text.toString());
        return this;
    }

    /** Where its channels send to: a stand-in of WhatsApp's API on this port. */
    public Gateway sendingTo(int port) throws IOException {
        whatsApp = port;
        return channels(1);
    }

    /** With a mailbox instead of WhatsApp, of which all that is there is read. */
    public Gateway mailbox(int imap, int smtp) throws IOException {
        put("channels", String.format(Locale.ROOT, """
                channels:
                  support-mail:
                    kind: email
                    address: %1$s
                    start: all
                    imap: {host: 127.0.0.1, port: %2$d, tls: false, user: "%1$s", password: "${env:BENCH_TOKEN}"}
                    smtp: {host: 127.0.0.1, port: %3$d, tls: false, user: "%1$s", password: "${env:BENCH_TOKEN}"}
                """, ADDRESS, imap, smtp));
        return this;
    }

    /** Builds it where that is still to be done, so that no start is measured with it. */
    private static void build() throws IOException {
        if (built) {
            return;
        }
        Child.run(SOURCES, SOURCES.resolve("dragoman").toString(), "--version");
        built = true;
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
