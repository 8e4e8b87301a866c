// SPDX-License-Identifier: Apache-2.0
package io.dragoman.console;

import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestChannel;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.config.ConfigurationWatcher;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Hashes;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.rules.RuleBook;
import io.dragoman.security.TestIdentityProvider;
import io.dragoman.store.Conversations.Filter;
import io.dragoman.store.Polls;
import io.dragoman.store.Surveys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A gateway in a home folder, with something to see in its console; the other side of {@code visit.cjs}. */
final class ConsoleGateway implements AutoCloseable {
    static final String OPERATOR = "token-of-the-operator";
    static final String AGENT = "token-of-anna";
    static final String VIEWER = "token-of-vera";
    /** Where browsers know the console: they are told to look for it where it is. */
    static final String NAMED = "http://console.localhost";

    /** What somebody hostile puts wherever they can. */
    static final String EVIL = "<img src=x onerror=\"window.__x=1\"><script>window.__x=2</script>";

    private static final String CHANNELS = """
            # the shop's channels
            channels:
              shop: {kind: test-channel, secret: s}
              support: {kind: test-channel, secret: s}
            """;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TestChannel channel = new TestChannel();
    private final TestDesk desk = new TestDesk();
    private final Gateway gateway;
    private final ConfigurationWatcher<RuleBook> watcher;
    private final Path home;
    private final TestIdentityProvider provider = new TestIdentityProvider(Clock.systemUTC());
    private int messages;

    ConsoleGateway(Path home) throws Exception {
        this.home = home;
        write(home, "gateway", """
                http: {host: 127.0.0.1, port: 0, publicUrl: "http://127.0.0.1:8080"}
                admin:
                  host: 127.0.0.1
                  port: 0
                  token: "%s"
                  tokens:
                    anna: {role: agent, hash: "sha256:%s"}
                    vera: {role: viewer, hash: "sha256:%s"}
                  oidc:
                    issuer: %s
                    clientId: %s
                    clientSecret: "%s"
                    consoleUrl: %s
                    roleClaim: realm_access.roles
                    roles: {agent: [support]}
                desk: helpdesk
                """.formatted(
                        OPERATOR,
                        Hashes.sha256Hex(AGENT),
                        Hashes.sha256Hex(VIEWER),
                        provider.issuer(),
                        TestIdentityProvider.CLIENT,
                        TestIdentityProvider.SECRET,
                        NAMED));
        write(home, "channels", CHANNELS);
        write(
                home,
                "desks",
                "desks:\n  helpdesk: {kind: test-desk, secret: s, ticketPage: 'https://help.example.com/tickets/{reference}'}\n");
        write(home, "rules", """
                rules:
                  - name: orders go to billing
                    when: {text: {any: [order]}}
                    team: billing
                    tags: [order]
                  - {name: sorry in public, on: comment, reply: sorry}
                """);
        write(home, "replies", "replies: {sorry: 'Sorry, {{ contact.name }}'}\n");
        List<Connector> connectors = Stream.concat(Stream.<Connector>of(channel, desk), Connectors.installed().stream())
                .toList();
        Bootstrap bootstrap = new Bootstrap(home, connectors, name -> null);
        Random random = new Random(1);
        Loaded<RuleBook> loaded = bootstrap.load(random);
        if (!(loaded instanceof Loaded.Usable<RuleBook> usable)) {
            throw new AssertionError(String.valueOf(loaded.errors()));
        }
        gateway =
                Gateway.start(bootstrap.setup(usable, new Setup.Environment(Clock.systemUTC(), random, failure -> {})));
        watcher = bootstrap.watcher(usable, gateway);
        furnish();
    }

    private static void write(Path home, String name, String text) throws Exception {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/" + name + ".yaml"), text);
    }

    URI console() {
        return URI.create("http://127.0.0.1:" + gateway.adminPort() + "/console/");
    }

    /** What is there when the first page is opened. */
    private void furnish() throws Exception {
        desk.outcomes.add(new Outcome.Sent("T-4711"));
        says("shop", "+49 170 5550101", "Ana Kovač", "Hello, where is my order 4711? It should have come on Monday.");
        TestGateway.await("the ticket", () -> desk.sent.size() == 1);
        says("shop", "+81 90 5550102", "山田 太郎", "返品したいのですが、どうすればいいですか。");
        says("support", "priya@example.org", "Priya Natarajan", "I want to speak to somebody about invoice 2026-113");
        says("shop", "+971 50 5550103", "محمد علي", "أين طلبي؟");
        event(
                "shop",
                "+49 170 5550101",
                "Ana Kovač",
                List.of(
                        new Part.Location(52.52, 13.405, "Alexanderplatz", "10178 Berlin", null),
                        new Part.ContactCard(
                                "Bob Schmidt", List.of("+49 30 5550104"), List.of("bob@example.org"), null)));
        TestGateway.await("the notices", () -> desk.sent.size() == messages);
        for (int i = 0; i < 3; i++) {
            desk.outcomes.add(new Outcome.Refused(Reason.CONTENT_REFUSED, "422 from the desk"));
        }
        for (String name : List.of("Jean-Luc", "Ольга", "Sam")) {
            says("support", name + "@example.org", name, "Is anybody there?");
        }
        TestGateway.await("the dead notices", () -> desk.outcomes.isEmpty());
    }

    /** Does what the visitor waits for. */
    void turn(String line) throws Exception {
        switch (line) {
            case "WRITE" -> says("shop", "+49 170 5550101", "Ana Kovač", "One more thing: it was a gift");
            case "ORDER" -> says("shop", "+49 170 5550101", "Ana Kovač", "May I order one more?");
            case "JOURNEY" -> journey();
            case "SECRETS 0" -> noSecrets();
            case "TOKEN KEPT" -> tokenKept();
            case "FORGE support" -> forged("support");
            case "BREAK" -> write(home, "channels", CHANNELS + "  broken: [\n");
            case "MEND" -> write(home, "channels", CHANNELS);
            case "LONG" -> longNames();
            case "HOSTILE" -> hostile();
            default -> System.out.println(line);
        }
    }

    /** Two comments whose answers wait for approval, and what Ana was asked, answered and bought. */
    private void journey() throws Exception {
        says("shop", "public:ben", "Ben", "Never again");
        says("shop", "public:kim", "Kim" + EVIL, "Never ever " + EVIL);
        String phone = "+491705550101";
        String address = "+49 170 5550101";
        event(
                "shop",
                new CustomerEvent.Sender(
                        address,
                        List.of(new Identity("test", address, true), new Identity(Identity.PHONE, phone, true)),
                        "Ana Kovač",
                        null),
                List.of(new Part.Text("Thanks")));
        TestGateway.await(
                "the comments", () -> gateway.store().read(tx -> tx.approvals().waiting()) == 2);
        gateway.store().writeAndWait(tx -> {
            Conversation ana = tx.conversations().recent(Filter.ALL, Long.MAX_VALUE, "", 100).stream()
                    .filter(one -> one.address().equals(address))
                    .findFirst()
                    .orElseThrow();
            Instant at = ana.updatedAt();
            tx.surveys()
                    .insert(new Surveys.Sent(
                            "s1",
                            "csat",
                            "csat",
                            "1",
                            "1-5",
                            ana.id(),
                            ana.contact(),
                            "shop",
                            "en",
                            null,
                            "sm",
                            1,
                            at,
                            null,
                            null,
                            null,
                            null));
            tx.surveys().answered("s1", 2, null, at.toEpochMilli());
            tx.polls().insert(new Polls.Asked("p1", "lunch", ana.id(), "shop", "en", null, 2, false, at, at));
            tx.polls().answered("p1", new Polls.Answer("lunch", 0, "choice", "Pasta", 2, null, at));
            tx.orders()
                    .put(
                            "shop",
                            new CustomerOrder("9", "#1009", "shipped", at, at, null, null, null, null),
                            null,
                            phone);
            return true;
        });
    }

    private void noSecrets() throws IOException {
        try (Stream<Path> kept = Files.list(home.resolve("secrets"))) {
            if (kept.findAny().isPresent()) {
                throw new AssertionError("a channel that was not added left its secret");
            }
        }
    }

    private void tokenKept() throws IOException {
        String token = Files.readString(home.resolve("secrets/tg-token"));
        if (!token.startsWith("123456:")) {
            throw new AssertionError("a change that was refused replaced the token");
        }
    }

    private void hostile() throws Exception {
        write(home, "rules", """
                rules:
                  - name: '%s'
                    when: {text: {any: [evil]}}
                    tags: ['<b>evil</b>']
                """.formatted(EVIL));
        watcher.look();
        watcher.look(); // a file that is being written is left alone
        event(
                "shop",
                "evil@example.org" + EVIL,
                "Eve" + EVIL,
                List.of(
                        new Part.Text("evil order " + EVIL, "evil order and more " + EVIL, "<p>evil</p>" + EVIL),
                        Part.Media.incoming(Part.MediaKind.IMAGE, "image/svg+xml", "a" + EVIL + ".svg", 10L, "nowhere"),
                        new Part.Location(1, 2, "Place" + EVIL, "Street" + EVIL, "javascript:window.__x=3"),
                        new Part.ContactCard("Card" + EVIL, List.of("1" + EVIL), List.of("e" + EVIL), null),
                        new Part.Unsupported("thing" + EVIL, "{\"evil\":\"" + EVIL.replace("\"", "'") + "\"}")));
        desk.outcomes.add(new Outcome.Refused(Reason.CONTENT_REFUSED, "refused " + EVIL));
        says("support", "mallory" + EVIL, "Mallory" + EVIL, "evil " + EVIL);
        TestGateway.await("the dead notice", () -> desk.outcomes.isEmpty());
        forged("shop");
    }

    /** Without a space at which a line could be broken, and one that writes what follows it from right to left. */
    private void longNames() throws Exception {
        String name = "W".repeat(10_000);
        desk.outcomes.add(new Outcome.Refused(Reason.CONTENT_REFUSED, "refused " + name));
        says("shop", "long@" + name, name, name + " order");
        says("shop", "turned@example.org", "\u202enrut\u202d\u05d0\u05d1\u2069\u202e", "\u202eWho is this?");
        TestGateway.await("the dead notice", () -> desk.outcomes.isEmpty());
    }

    private void forged(String id) throws Exception {
        HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.publicPort() + "/channels/" + id))
                        .header("X-Signature", "00")
                        .POST(HttpRequest.BodyPublishers.ofString(EVIL))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private void says(String to, String address, String name, String text) throws Exception {
        event(to, address, name, List.of(new Part.Text(text)));
    }

    private void event(String to, String address, String name, List<Part> parts) throws Exception {
        event(to, new CustomerEvent.Sender(address, List.of(new Identity("test", address, true)), name, null), parts);
    }

    private void event(String to, CustomerEvent.Sender sender, List<Part> parts) throws Exception {
        String id = "m" + ++messages;
        CustomerEvent event = CustomerEvent.MessageReceived.of(id, Instant.now(), sender, id, parts, null);
        byte[] body =
                ("[" + new String(Json.bytes(event), StandardCharsets.UTF_8) + "]").getBytes(StandardCharsets.UTF_8);
        int status = HTTP.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + gateway.publicPort() + "/channels/" + to))
                                .header("X-Signature", TestChannel.sign("s", body))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw new AssertionError("the channel answered " + status);
        }
    }

    @Override
    public void close() {
        watcher.close();
        gateway.close();
        provider.close();
    }
}
