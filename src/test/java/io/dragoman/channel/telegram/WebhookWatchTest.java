// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Event;
import io.dragoman.simulator.telegram.TelegramSimulator;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bot's webhook is watched: what it does not bring is taken as far as Telegram lets us, and said. */
@Timeout(60)
final class WebhookWatchTest {
    private final TelegramSimulator telegram = new TelegramSimulator(0);
    private final Telegram channel = new Telegram();
    private final PlainTransport transport = new PlainTransport();
    private final TestPollContext context = new TestPollContext();
    private String position = "";

    @AfterEach
    void close() {
        telegram.close();
    }

    @Test
    void aWebhookThatIsOursIsFineAndLeftAlone() throws Exception {
        telegram.webhook(account().callback());
        Batch batch = poll();
        assertThat(batch.requests()).isEmpty();
        assertThat(batch.problem()).isNull();
        int asked = transport.calls().size();
        assertThat(poll().position()).isEqualTo(batch.position());
        assertThat(transport.calls()).as("asked again only after a time").hasSize(asked);
        context.clock.move(Duration.ofMinutes(16));
        poll();
        context.starting = true;
        poll();
        assertThat(transport.calls()).hasSize(asked + 2);
    }

    @Test
    void whatWaitsWithoutAWebhookIsTakenOnceAndSaid() throws Exception {
        poll();
        for (int i = 0; i < 150; i++) {
            telegram.customerWrites(TelegramSimulator.QUEUE, "Ana", "message " + i);
        }
        List<Event> events = new ArrayList<>();
        for (Batch batch = poll(); !batch.requests().isEmpty(); batch = poll()) {
            assertThat(batch.problem())
                    .contains("no webhook", "setWebhook", account().callback().toString());
            assertThat(batch.requests()).extracting(Request::origin).containsOnly(Request.Origin.BACKFILLED);
            events.addAll(events(batch));
        }
        assertThat(events)
                .hasSize(150)
                .extracting(Event::key)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(telegram.waiting()).isZero();
        telegram.webhook(account().callback());
        assertThat(poll().problem()).as("it is back").isNull();
    }

    @Test
    void aWebhookElsewhereIsSaidAndNothingIsTakenFromIt() throws Exception {
        telegram.webhook(URI.create("https://old.example.com/hook"));
        telegram.customerWrites(TelegramSimulator.QUEUE, "Ana", "hello");
        Batch batch = poll();
        assertThat(batch.problem()).contains("another address").doesNotContain("old.example.com");
        assertThat(batch.requests()).isEmpty();
        assertThat(poll().problem()).as("as long as nobody looks again").isEqualTo(batch.problem());
        assertThat(telegram.waiting()).isEqualTo(1);
    }

    @Test
    void whatDoesNotGetThroughIsSaid() throws Exception {
        telegram.webhook(account().callback());
        telegram.customerWrites(URI.create("http://127.0.0.1:9/"), "Ana", "hello");
        Batch batch = poll();
        assertThat(batch.problem()).contains("1 updates wait at Telegram", "Connection refused");
        assertThat(batch.requests()).isEmpty();
    }

    @Test
    void aWebhookThatComesBackWhileWeAskIsNotInTheWay() throws Exception {
        telegram.answerNext(200, Map.of(), "{\"ok\":true,\"result\":{\"url\":\"\"}}");
        telegram.webhook(account().callback());
        assertThat(poll().requests()).isEmpty();
        assertThat(poll().problem()).isNull();
    }

    @Test
    void failuresAreNamedWithoutTheToken() {
        telegram.answerNext(401, Map.of(), "{\"ok\":false,\"error_code\":401}");
        assertThatThrownBy(this::poll)
                .isInstanceOf(TransportFailure.class)
                .hasMessageContaining("getWebhookInfo with 401")
                .hasMessageNotContaining("7000000000");
        telegram.answerNext(200, Map.of(), "{\"ok\":true,\"result\":7}");
        assertThatThrownBy(this::poll).isInstanceOf(TransportFailure.class);
    }

    @Test
    void watchingCanBeSwitchedOff() {
        assertThat(channel.polls(account())).isTrue();
        assertThat(channel.receivesWebhooks(account())).isTrue();
        Account off = TelegramTest.account(Map.of("backfill", Duration.ZERO));
        assertThat(channel.polls(off)).isFalse();
        assertThat(channel.receivesWebhooks(off)).isTrue();
    }

    private Batch poll() throws TransportFailure {
        Batch batch = channel.poll(account(), position, transport, context);
        position = batch.position();
        context.starting = false;
        return batch;
    }

    private List<Event> events(Batch batch) throws Exception {
        List<Event> events = new ArrayList<>();
        for (Request request : batch.requests()) {
            events.addAll(channel.read(account(), Signature.polled(request)));
        }
        return events;
    }

    private Account account() {
        return TelegramTest.account(Map.of(
                "baseUrl",
                telegram.baseUrl(),
                "token",
                new Secret(String.valueOf(telegram.settings().get("token"))),
                "backfill",
                Duration.ofMinutes(15)));
    }
}
