// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Budget;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TestPollContext;
import io.dragoman.model.CustomerEvent.MessageEchoed;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.simulator.x.XSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What no webhook brought is asked for, as far as the budget goes, and the webhook is kept alive. */
final class ActivityPollTest {
    private final X x = new X();
    private final TestPollContext context = new TestPollContext();
    private final XSimulator simulator = new XSimulator(0, context.clock, 0);
    private int left = 1000;
    private final PlainTransport wire = new PlainTransport() {
        @Override
        public Optional<Budget> spend(Account account, List<Budget> budgets, int uses) {
            if (uses > left) {
                return Optional.of(budgets.get(0));
            }
            left -= uses;
            return Optional.empty();
        }

        @Override
        public void refund(Account account, List<Budget> budgets, int uses) {
            left += uses;
        }
    };

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Account account(String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("intake", "poll", "backfill", "5m"));
        return XAccounts.of(simulator, all.toArray(String[]::new));
    }

    private Batch poll(Account account, String position) throws Exception {
        context.starting = true;
        return x.poll(account, position, wire, context);
    }

    private List<String> texts(Account account, Batch batch) throws Exception {
        List<String> texts = new ArrayList<>();
        for (Request request : batch.requests()) {
            MessageReceived event =
                    (MessageReceived) x.read(account, Signature.polled(request)).get(0);
            texts.add(event.sender().name() + ": "
                    + ((io.dragoman.model.Part.Text) event.parts().get(0)).text());
        }
        return texts;
    }

    @Test
    void whatWasMissedIsFoundInOrderAndOnce() throws Exception {
        simulator.customerWritesUnseen("Ana", "before us");
        context.clock.move(Duration.ofSeconds(1));
        Batch begun = poll(account(), "");
        assertThat(begun.requests()).isEmpty();
        for (int i = 0; i < 25; i++) {
            simulator.customerWritesUnseen("Ana", "dm " + i);
        }
        simulator.customerMentionsUnseen("Bo", "hey @shop");
        Batch missed = poll(account(), begun.position());
        List<String> texts = texts(account(), missed);
        assertThat(texts).hasSize(26).startsWith("Ana: dm 0", "Ana: dm 1").endsWith("Ana: dm 24", "Bo: hey @shop");
        assertThat(poll(account(), missed.position()).requests()).isEmpty();
    }

    @Test
    void whatAWebhookBroughtIsNotBroughtAgain() throws Exception {
        Batch begun = poll(account(), "");
        simulator.customerWritesUnseen("Ana", "known");
        Batch first = poll(account(), begun.position());
        context.taken.add(((MessageReceived)
                        x.read(account(), Signature.polled(first.requests().get(0)))
                                .get(0))
                .key());
        simulator.customerWritesUnseen("Ana", "new");
        assertThat(texts(account(), poll(account(), begun.position()))).containsExactly("Ana: new");
    }

    @Test
    void whatTheAccountWroteInXsAppIsFoundToo() throws Exception {
        Batch begun = poll(account(), "");
        simulator.customerWritesUnseen("Ana", "anybody there?");
        simulator.accountWrites(URI.create("http://127.0.0.1:9/nowhere"), "Ana", "yes");
        Batch missed = poll(account(), begun.position());
        assertThat(missed.requests()).hasSize(2);
        assertThat(x.read(account(), Signature.polled(missed.requests().get(1))))
                .singleElement()
                .isInstanceOfSatisfying(MessageEchoed.class, echo -> {
                    assertThat(echo.customer().address()).isEqualTo(simulator.userId("Ana"));
                    assertThat(echo.customer().name()).isEqualTo("Ana");
                    assertThat(echo.parts()).containsExactly(new io.dragoman.model.Part.Text("yes"));
                });
    }

    @Test
    void onlyWhatIsReadCountsAndAnExhaustedBudgetIsTold() throws Exception {
        Account account = account("paid.readsPerDay", "1000");
        Batch begun = poll(account, "");
        assertThat(left).isEqualTo(1000);
        simulator.customerWritesUnseen("Ana", "one");
        Batch read = poll(account, begun.position());
        assertThat(left).isEqualTo(999);
        left = 5;
        simulator.customerWritesUnseen("Ana", "two");
        Batch refused = poll(account, read.position());
        assertThat(refused.requests()).isEmpty();
        assertThat(refused.problem())
                .startsWith("nothing more is asked for, paid.readsPerDay: 1000 is reached until 2");
        left = 1000;
        assertThat(texts(account, poll(account, refused.position()))).containsExactly("Ana: two");
    }

    @Test
    void questionsWaitUntilXTakesThemAgain() throws Exception {
        Batch begun = poll(account(), "");
        long reset = Instant.now().plusSeconds(600).getEpochSecond();
        simulator.answerNext(429, Map.of("x-rate-limit-reset", Long.toString(reset)), "{}");
        Batch refused = poll(account(), begun.position());
        assertThat(refused.problem()).startsWith("X is asked too often; it is asked again at ");
        int before = wire.calls().size();
        Batch waiting = poll(account(), refused.position());
        assertThat(waiting.problem()).isEqualTo(refused.problem());
        assertThat(wire.calls()).hasSize(before);
        context.clock.move(Duration.ofSeconds(601));
        simulator.customerWritesUnseen("Ana", "late");
        assertThat(wire.calls()).hasSize(before);
    }

    /** The address answers challenges as the gateway does, or not at all. */
    private static final class Gateway implements AutoCloseable {
        private final com.sun.net.httpserver.HttpServer server;

        Gateway(X x, Account account) throws IOException {
            server = com.sun.net.httpserver.HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    Request request = new Request(
                            Request.Origin.RECEIVED,
                            "GET",
                            "/channels/shop",
                            exchange.getRequestURI().getRawQuery(),
                            Map.of(),
                            new byte[0],
                            Instant.now());
                    Acknowledgement answer = x.acknowledge(account, request);
                    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(answer.status(), body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
        }

        Account.Installation home() {
            return new Account.Installation(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                    new io.dragoman.connector.Secret("key-of-the-installation"));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void webhookIsMadeSubscribedAndRevivedWhenXGaveItUp() throws Exception {
        Account plain = XAccounts.of(simulator);
        try (Gateway gateway = new Gateway(x, plain)) {
            Account account = plain.at(gateway.home());
            assertThat(x.poll(account, "", wire, context).problem()).contains("./dragoman connect shop");
            assertThat(x.connect(account, wire)).isEmpty();
            assertThat(x.connect(account, wire)).isEmpty();
            assertThat(simulator.webhooks().subscribed())
                    .containsExactly(
                            "dm.received", "dm.sent", "dm.read", "chat.received", "post.mention.create", "post.create");
            Batch good = x.poll(account, "", wire, context);
            assertThat(good.problem()).isNull();
            simulator.webhooks().giveUp();
            assertThat(poll(account, good.position()).problem()).contains("asked to use it again");
            assertThat(simulator.webhooks().valid()).isTrue();
            assertThat(poll(account, good.position()).problem()).isNull();
        }
    }

    @Test
    void webhookThatCannotBeReachedIsTold() throws Exception {
        Account nowhere = XAccounts.of(simulator)
                .at(new Account.Installation(URI.create("http://127.0.0.1:9"), new io.dragoman.connector.Secret("k")));
        assertThat(x.connect(nowhere, wire))
                .hasValueSatisfying(problem -> assertThat(problem).contains("answered 400", "http.publicUrl"));
    }
}
