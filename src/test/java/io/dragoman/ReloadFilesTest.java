// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.channel.route.RouteChannel;
import io.dragoman.config.ConfigurationWatcher;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Channel;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.rules.Decision;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.Conversations;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** From a file that somebody changes to the channel that follows. */
final class ReloadFilesTest {
    private static final String GATEWAY = "http: {host: 127.0.0.1, port: 0, publicUrl: \"http://127.0.0.1:8080\"}\n"
            + "admin: {port: 0}\ndesk: desk\n";

    private final TestChannel channel = new TestChannel();
    private final TestDesk desk = new TestDesk();
    private final Poller poller = new Poller();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.dragoman");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    private Path home;

    private Gateway gateway;
    private ConfigurationWatcher<RuleBook> watcher;

    @BeforeEach
    void start() throws Exception {
        write("gateway", GATEWAY);
        write("desks", "desks:\n  desk: {kind: test-desk, secret: d}\n");
        write("channels", "channels:\n  shop: {kind: test-channel, secret: a}\n  mail: {kind: poller, box: one}\n");
        Bootstrap bootstrap = new Bootstrap(home, List.of(channel, desk, poller, new RouteChannel()), name -> null);
        Random random = new Random(1);
        Loaded.Usable<RuleBook> loaded = (Loaded.Usable<RuleBook>) bootstrap.load(random);
        gateway =
                Gateway.start(bootstrap.setup(loaded, new Setup.Environment(Clock.systemUTC(), random, failure -> {})));
        watcher = bootstrap.watcher(loaded, gateway);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        watcher.close();
        gateway.close();
    }

    @Test
    void aChangedFileChangesItsChannelAlone() throws Exception {
        assertThat(post("/channels/shop", "a")).isEqualTo(200);
        change("channels", "channels:\n  shop: {kind: test-channel, secret: b}\n  mail: {kind: poller, box: one}\n");
        assertThat(post("/channels/shop", "a")).isEqualTo(401);
        assertThat(post("/channels/shop", "b")).isEqualTo(200);
        assertThat(lines()).contains("INFO config: shop is changed").noneMatch(line -> line.contains("mail is"));
        assertThat(poller.boxes).doesNotContain("two");
    }

    @Test
    void aChangedDeskIsHeardByItsNewSecretAndRulesMayNameANewOneAtOnce() throws Exception {
        write("rules", "rules:\n  - {name: all, when: {channel: shop}, desk: second}\n");
        change("desks", "desks:\n  desk: {kind: test-desk, secret: e}\n  second: {kind: test-desk, secret: s}\n");
        assertThat(post("/desks/desk", "d")).isEqualTo(401);
        assertThat(post("/desks/desk", "e")).isEqualTo(200);
        assertThat(post("/channels/shop", "a")).isEqualTo(200);
        TestGateway.await("the notice", () -> desk.sent.size() == 1);
        assertThat(lines()).contains("INFO config: desk is changed", "INFO config: second is added");
        String conversation = gateway.store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 1))
                .get(0)
                .desk();
        assertThat(conversation).isEqualTo("second");
    }

    @Test
    void aChangedListeningIsHeardFromTheNextMessageOn() throws Exception {
        write("replies", "replies: {sorry: Sorry}\n");
        change("rules", "rules:\n  - {name: Sorry, on: comment, reply: sorry}\n");
        String first = "[{\"id\":\"c1\",\"from\":\"public:7\",\"text\":\"bad\"}]";
        assertThat(post("/channels/shop", "a", first)).isEqualTo(200);
        TestGateway.await(
                "the answer that waits",
                () -> gateway.store().<Long>read(tx -> tx.approvals().waiting()) == 1);
        assertThat(channel.sent).isEmpty();
        change("listening", "approval: {automatic: perhaps}\n");
        assertThat(configuration().path("status").asText()).isEqualTo("broken");
        change("listening", "approval: {automatic: false}\n");
        assertThat(configuration().path("status").asText()).isEqualTo("ok");
        assertThat(post("/channels/shop", "a", first.replace("c1", "c2").replace(":7", ":8")))
                .isEqualTo(200);
        TestGateway.await("the answer", () -> channel.sent.size() == 1);
        assertThat(gateway.store().<Long>read(tx -> tx.approvals().waiting())).isEqualTo(1);
    }

    @Test
    void aRouteChannelWhoseComponentIsMissingIsRefusedWithItsPlace() throws Exception {
        String others = "channels:\n  shop: {kind: test-channel, secret: b}\n  fax: ";
        change("channels", others + "{kind: route, to: \"nosuchcomponent:x\"}\n");
        assertThat(post("/channels/shop", "a"))
                .as("the old configuration runs on")
                .isEqualTo(200);
        assertThat(lines())
                .anyMatch(line -> line.contains("config/channels.yaml:3:3 channels.fax")
                        && line.contains("to uses 'nosuchcomponent', but no such component is installed."));
        change("channels", others + "{kind: route, to: \"send-fax\"}\n");
        assertThat(post("/channels/shop", "a")).isEqualTo(200);
        assertThat(lines()).anyMatch(line -> line.contains("to must be an endpoint of Camel, such as direct:send-fax"));
        change("channels", others + "{kind: route, to: \"direct:send-fax\"}\n");
        assertThat(post("/channels/shop", "b")).isEqualTo(200);
    }

    @Test
    void aBrokenFileShowsInHealthAndMetricsUntilItIsMended() throws Exception {
        assertThat(configuration().path("status").asText()).isEqualTo("ok");
        assertThat(metric()).isEqualTo("dragoman_configuration_broken 0.0");
        change("channels", "channels:\n  shop: {kind: test-channel}\n  mail: {kind: poller, box: one}\n");
        JsonNode broken = configuration();
        assertThat(broken.path("status").asText()).isEqualTo("broken");
        assertThat(broken.path("errors").asInt()).isEqualTo(1);
        assertThat(broken.path("problems").path(0).asText()).contains("config/channels.yaml:2:3", "secret");
        assertThat(metric()).isEqualTo("dragoman_configuration_broken 1.0");
        assertThat(get("/health/ready").statusCode())
                .as("the old configuration goes on")
                .isEqualTo(200);
        change("rules", "rules: 7\n");
        assertThat(configuration().path("errors").asInt()).isEqualTo(2);
        assertThat(configuration().path("since")).as("the first time").isEqualTo(broken.path("since"));
        write("rules", "rules: []\n");
        change("channels", "channels:\n  shop: {kind: test-channel, secret: a}\n  mail: {kind: poller, box: one}\n");
        assertThat(configuration().path("status").asText()).isEqualTo("ok");
        assertThat(configuration().has("problems")).isFalse();
        assertThat(metric()).isEqualTo("dragoman_configuration_broken 0.0");
    }

    private JsonNode configuration() throws Exception {
        return Json.tree(get("/health/ready").body().getBytes(StandardCharsets.UTF_8))
                .path("configuration");
    }

    private String metric() throws Exception {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("dragoman_configuration_broken"))
                .findFirst()
                .orElse("none");
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + path))
                .header(
                        "Authorization",
                        "Bearer "
                                + Objects.requireNonNull(gateway.setup().adminToken())
                                        .value())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aBrokenFileChangesNothing() throws Exception {
        change("channels", "channels:\n  shop: {kind: test-channel}\n  other: {kind: test-channel, secret: o}\n");
        assertThat(post("/channels/shop", "a")).isEqualTo(200);
        assertThat(post("/channels/other", "o")).isEqualTo(404);
        assertThat(lines())
                .anyMatch(line -> line.contains("channels.shop.secret is missing"))
                .anyMatch(line -> line.startsWith("ERROR config: the changed files have an error; the old"));
    }

    @Test
    void aReloadInWhichAnythingDoesNotStartChangesNothing() throws Exception {
        gateway.camelContext().removeRouteTemplates("poll"); // what is polled cannot start any more
        write("rules", "rules:\n  - {name: all, when: {channel: shop}, desk: second}\n");
        write("desks", "desks:\n  desk: {kind: test-desk, secret: d}\n  second: {kind: test-desk, secret: s}\n");
        change(
                "channels",
                "channels:\n  shop: {kind: test-channel, secret: b}\n  mail: {kind: poller, box: one}\n"
                        + "  more: {kind: poller, box: three}\n");
        assertThat(lines())
                .anyMatch(line -> line.startsWith("ERROR config: the route of more does not start: ")
                        && line.contains("the old configuration stays active"))
                .doesNotContain("INFO config: reloaded");
        assertThat(post("/channels/shop", "b")).isEqualTo(401);
        assertThat(post("/desks/second", "s")).isEqualTo(404);
        assertThat(post("/channels/shop", "a")).isEqualTo(200);
        TestGateway.await("the notice", () -> desk.sent.size() == 1);
        String conversation = gateway.store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 1))
                .get(0)
                .desk();
        assertThat(conversation).isEqualTo("desk");
    }

    @Test
    void whatANewRuleNamesRunsBeforeTheRuleIsAsked() throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        AtomicInteger answer = new AtomicInteger();
        ConfiguredAccounts now = gateway.setup().accounts();
        Map<String, ConfiguredAccount> desks = new HashMap<>(now.desks());
        desks.put("second", TestGateway.configured("second", desk, "s"));
        gateway.camelContext().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) throws Exception {
                if (event instanceof CamelEvent.RouteStartedEvent begun
                        && begun.getRoute().getId().equals("webhook:second")) {
                    // a message just now, while the route of the new desk is the last that has started
                    answer.set(post("/channels/shop", "a"));
                    TestGateway.await("the notice", () -> desk.sent.size() == 1);
                }
            }
        });
        gateway.reload(new ConfiguredAccounts(now.channels(), desks, now.policy()), situation -> {
            asked.set(true);
            return Decision.NOTHING;
        });
        assertThat(answer.get()).isEqualTo(200);
        assertThat(asked.get())
                .as("the new rules, before all that they name runs")
                .isFalse();
    }

    @Test
    void whatNeedsARestartIsNamedAndDoesNotTouchTheChannels() throws Exception {
        change("gateway", GATEWAY.replace("127.0.0.1:8080", "localhost:9").replace("desk: desk", "mediaMaxSize: 1 MB"));
        assertThat(post("/channels/shop", "a")).isEqualTo(200);
        assertThat(lines())
                .contains("WARN config: a restart is needed for http, mediaMaxSize")
                .noneMatch(line -> line.contains("is changed"));
    }

    @Test
    void aPolledChannelThatChangesGoesOnWhereItWas() throws Exception {
        poller.letters = 20;
        TestGateway.await("the first", () -> poller.read >= 10);
        change("channels", "channels:\n  shop: {kind: test-channel, secret: a}\n  mail: {kind: poller, box: two}\n");
        TestGateway.await("the other mailbox", () -> poller.boxes.contains("two"));
        poller.letters = 40;
        TestGateway.await("all", () -> desk.sent.size() >= 40);
        change("channels", "channels:\n  shop: {kind: test-channel, secret: a}\n");
        int polls = poller.polls.get();
        poller.letters = 50;
        assertThat(poller.polls.get()).as("nobody polls").isEqualTo(polls);
        change("channels", "channels:\n  shop: {kind: test-channel, secret: a}\n  mail: {kind: poller, box: two}\n");
        TestGateway.await("the rest", () -> desk.sent.size() >= 50);
        List<String> given =
                IntStream.rangeClosed(1, 50).mapToObj(i -> "letter " + i).toList();
        Tally.of(given, desk.sent.stream().map(ReloadFilesTest::text).toList()).demandZeros("a polled channel");
        assertThat(poller.repeated.get())
                .as("polls that began behind what was stored")
                .isZero();
    }

    private void change(String name, String yaml) throws Exception {
        write(name, yaml);
        watcher.look();
        watcher.look();
    }

    private void write(String name, String yaml) throws Exception {
        Path file = home.resolve("config/" + name + ".yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, yaml);
    }

    private int post(String path, String secret) {
        return post(
                path,
                secret,
                path.startsWith("/desks") ? "[]" : "[{\"id\":\"1\",\"from\":\"ana\",\"text\":\"hello\"}]");
    }

    private int post(String path, String secret, String body) {
        return TestGateway.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.publicPort() + path))
                        .header("X-Signature", TestChannel.sign(secret, body.getBytes(StandardCharsets.UTF_8)))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }

    private List<String> lines() {
        return List.copyOf(log.list).stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    private static String text(Outbound outbound) {
        return ((Part.Text) ((Outbound.ToDesk) outbound)
                        .notice()
                        .data()
                        .message()
                        .parts()
                        .get(0))
                .text();
    }

    /** A mailbox whose letters are numbered; its position is the number of the last that was read. */
    private static final class Poller implements Channel, Polled {
        private static final Setting<String> BOX =
                Setting.text("box", "Which mailbox.").need();

        private final List<String> boxes = new CopyOnWriteArrayList<>();
        private volatile int letters;
        private volatile int read;
        private final AtomicInteger polls = new AtomicInteger();
        private final AtomicInteger repeated = new AtomicInteger();

        @Override
        public Batch poll(Account account, String position, Transport transport, PollContext context) {
            polls.incrementAndGet();
            boxes.add(account.get(BOX));
            int last = position.isEmpty() ? 0 : Integer.parseInt(position);
            if (last < read - 1) {
                repeated.incrementAndGet();
            }
            while (last >= letters && !context.stopping()) {
                java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            }
            if (context.stopping()) {
                return new Batch(List.of(), position, null);
            }
            read = Math.max(read, last + 1);
            byte[] letter = ("letter " + (last + 1)).getBytes(StandardCharsets.UTF_8);
            return new Batch(
                    List.of(Request.polled(account.id(), letter, context.clock().instant())),
                    String.valueOf(last + 1),
                    null);
        }

        @Override
        public String kind() {
            return "poller";
        }

        @Override
        public String description() {
            return "Polls.";
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of(BOX);
        }

        @Override
        public List<CustomerEvent> read(Account account, Verified verified) {
            String text = new String(verified.request().body(), StandardCharsets.UTF_8);
            CustomerEvent.Sender ana =
                    new CustomerEvent.Sender("ana", List.of(new Identity("test", "ana", true)), null, null);
            return List.of(CustomerEvent.MessageReceived.of(
                    text, verified.request().receivedAt(), ana, text, List.of(new Part.Text(text)), null));
        }

        @Override
        public Outcome send(Account account, Outbound.ToCustomer message, Transport transport) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "not needed");
        }

        @Override
        public Limits limits(Account account) {
            return Limits.NONE;
        }

        @Override
        public RetrySafety retrySafety() {
            return RetrySafety.NEITHER;
        }
    }
}
