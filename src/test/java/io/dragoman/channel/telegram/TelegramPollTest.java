// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Reason;
import io.dragoman.simulator.telegram.TelegramSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Long polling against a Bot API with its real rules of acknowledgement. */
@Timeout(60)
final class TelegramPollTest {
    private final TelegramSimulator telegram =
            new TelegramSimulator(0, Clock.fixed(Instant.ofEpochMilli(90_100), ZoneOffset.UTC));
    private final Telegram channel = new Telegram();

    @AfterEach
    void close() {
        telegram.close();
    }

    @Test
    void updatesComeInOrderAndOnlyTheNextPollAcknowledgesThem() throws Exception {
        telegram.customerWrites(TelegramSimulator.QUEUE, "Ana", "one");
        telegram.customerWrites(TelegramSimulator.QUEUE, "Ben", "two");
        Batch first = poll("");
        assertThat(first.requests()).extracting(Request::path).containsExactly("update/90101", "update/90102");
        assertThat(first.position()).isEqualTo("90103");
        assertThat(poll("").requests()).hasSize(2);
        assertThat(telegram.waiting()).isEqualTo(2);

        telegram.customerEdits(TelegramSimulator.QUEUE, "Ana", "one!");
        Batch second = poll(first.position());
        assertThat(telegram.waiting()).isEqualTo(1);
        assertThat(events(second)).singleElement().isInstanceOf(CustomerEvent.MessageEdited.class);
        assertThat(poll(second.position())).isEqualTo(new Batch(List.of(), "90104"));
    }

    @Test
    void moreThanAHundredComeInSeveralBatches() throws Exception {
        for (int i = 0; i < 150; i++) {
            telegram.customerWrites(TelegramSimulator.QUEUE, "Ana", "message " + i);
        }
        Batch first = poll("");
        Batch second = poll(first.position());
        assertThat(first.requests()).hasSize(100);
        assertThat(second.requests()).hasSize(50);
    }

    @Test
    void reactionsAreAskedFor() throws Exception {
        poll("");
        telegram.customerWrites(TelegramSimulator.QUEUE, "Ana", "hello");
        telegram.customerReacts(TelegramSimulator.QUEUE, "Ana", "👍");
        assertThat(events(poll(""))).hasSize(2).element(1).isInstanceOf(CustomerEvent.Reaction.class);
    }

    @Test
    void anAlbumIsAsManyMessages() throws Exception {
        telegram.customerSendsAlbum(
                TelegramSimulator.QUEUE, "Ana", List.of(new byte[] {1}, new byte[] {2}), "both sides");
        assertThat(events(poll(""))).hasSize(2).allMatch(CustomerEvent.MessageReceived.class::isInstance);
    }

    @Test
    void whatComesWhileWeWaitFreesUsAtOnce() throws Exception {
        CompletableFuture<Batch> poll = later(new TestPollContext(Duration.ofSeconds(25)));
        telegram.customerWrites(TelegramSimulator.QUEUE, "Ana", "hello");
        assertThat(poll.get(10, TimeUnit.SECONDS).requests()).hasSize(1);
    }

    @Test
    void stoppingFreesAPollSoon() throws Exception {
        TestPollContext context = new TestPollContext(Duration.ofSeconds(50));
        CompletableFuture<Batch> poll = later(context);
        context.stop();
        assertThat(poll.get(8, TimeUnit.SECONDS).requests()).isEmpty();
    }

    @Test
    void aWebhookInTheWayIsDeleted() throws Exception {
        telegram.customerWrites(TelegramSimulator.QUEUE, "Ana", "hello");
        String set = telegram.baseUrl() + "/bot" + telegram.settings().get("token")
                + "/setWebhook?url=https://old.example.com/";
        assertThat(new PlainTransport().http(HttpCall.get(URI.create(set))).status())
                .isEqualTo(200);
        assertThat(poll("").requests()).hasSize(1);
    }

    @Test
    void failuresAreNamedWithoutTheToken() {
        fails(401, "", Reason.AUTHENTICATION_FAILED, "telegram answered getUpdates with 401: the token is not valid");
        fails(404, "", Reason.AUTHENTICATION_FAILED, "the token is not valid");
        fails(409, "terminated by other getUpdates request", Reason.PROVIDER_DOWN, "somebody else polls");
        fails(429, "\"parameters\":{\"retry_after\":5}", Reason.THROTTLED, "wait 5 s");
        fails(502, "", Reason.PROVIDER_DOWN, "telegram answered getUpdates with 502");
        fails(200, "nothing like JSON", Reason.PROVIDER_DOWN, "telegram answered getUpdates with 200");
    }

    @Test
    void oddUpdatesDoNotStopTheOthers() throws Exception {
        telegram.answerNext(
                200,
                Map.of(),
                "{\"ok\":true,\"result\":[null,7,{},{\"update_id\":\"x\"},{\"update_id\":5,\"message\":7}]}");
        Batch batch = poll("3");
        assertThat(batch.requests()).singleElement().satisfies(request -> assertThat(request.body())
                .asString()
                .isEqualTo("{\"update_id\":5,\"message\":7}"));
        assertThat(batch.position()).isEqualTo("6");
    }

    @Test
    void webhooksCarryTheSecretToken() throws IOException {
        List<String> secrets = new CopyOnWriteArrayList<>();
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", exchange -> {
            secrets.add(exchange.getRequestHeaders().getFirst("X-Telegram-Bot-Api-Secret-Token"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        gateway.start();
        try {
            URI callback = URI.create("http://127.0.0.1:" + gateway.getAddress().getPort() + "/channels/shop-telegram");
            assertThat(telegram.customerWrites(callback, "Ana", "hello")).isEqualTo(200);
            assertThat(secrets).containsExactly(telegram.settings().get("secretToken"));
        } finally {
            gateway.stop(0);
        }
    }

    private void fails(int status, String body, Reason reason, String part) {
        String json = body.startsWith("\"")
                ? "{\"ok\":false,\"error_code\":" + status + "," + body + "}"
                : body.startsWith("nothing")
                        ? body
                        : "{\"ok\":false,\"error_code\":" + status + ",\"description\":\"" + body + "\"}";
        telegram.answerNext(status, Map.of(), json);
        assertThatThrownBy(() -> poll("")).isInstanceOfSatisfying(TransportFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.maybeSent()).isFalse();
            assertThat(failure.detail()).contains(part).doesNotContain("7000000000");
        });
    }

    private List<Event> events(Batch batch) throws Exception {
        List<Event> events = new ArrayList<>();
        for (Request request : batch.requests()) {
            events.addAll(channel.read(account(), Signature.polled(request)));
        }
        return events;
    }

    private Batch poll(String position) throws TransportFailure {
        return channel.poll(account(), position, new PlainTransport(), new TestPollContext(Duration.ZERO));
    }

    private CompletableFuture<Batch> later(TestPollContext context) throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        PlainTransport transport = new PlainTransport(Duration.ofMinutes(1)) {
            @Override
            public Response http(HttpCall call) throws TransportFailure {
                asked.countDown();
                return super.http(call);
            }
        };
        CompletableFuture<Batch> poll = CompletableFuture.supplyAsync(() -> {
            try {
                return channel.poll(account(), "", transport, context);
            } catch (TransportFailure e) {
                throw new AssertionError(e);
            }
        });
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        return poll;
    }

    private Account account() {
        return TelegramTest.account(Map.of(
                "baseUrl",
                telegram.baseUrl(),
                "token",
                new Secret(String.valueOf(telegram.settings().get("token"))),
                "intake",
                Telegram.From.POLL));
    }
}
