// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageDeleted;
import io.dragoman.model.CustomerEvent.MessageEdited;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Reaction;
import io.dragoman.model.Part;
import io.dragoman.simulator.discord.DiscordSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The session at the Gateway, against one that speaks its protocol. */
final class GatewayTest {
    private static final int HEARTBEAT = 1;
    private static final int IDENTIFY = 2;
    private static final int RESUME = 6;
    private static final String ELSEWHERE = "300000000000000009";

    private final DiscordSimulator simulator = new DiscordSimulator(0);
    private final Discord discord = new Discord();
    private final PlainTransport transport = new PlainTransport();
    private final List<CustomerEvent> events = new ArrayList<>();
    private TestPollContext context = new TestPollContext();
    private Account account = DiscordAccounts.of(simulator.settings());
    private String position = "";

    @AfterEach
    void stop() {
        context.stop();
        simulator.close();
    }

    private Batch poll() throws TransportFailure {
        return discord.poll(account, position, transport, context);
    }

    /** Polls and stores, as the gateway does, until something is so. */
    private void pollUntil(BooleanSupplier reached) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in vain: " + events).isLessThan(end);
            store(poll());
        }
    }

    private void store(Batch batch) throws Exception {
        for (Request request : batch.requests()) {
            events.addAll(discord.read(account, Signature.polled(request)));
        }
        position = batch.position();
    }

    private void begin() throws Exception {
        pollUntil(() -> simulator.gateway().count(IDENTIFY) > 0 && reached().session() != null);
    }

    private GatewayPosition reached() {
        return GatewayPosition.read(position, Instant.EPOCH);
    }

    private List<String> texts() {
        return events.stream()
                .filter(MessageReceived.class::isInstance)
                .map(event -> ((MessageReceived) event).parts().get(0))
                .map(part -> part instanceof Part.Text text ? text.text() : part.toString())
                .toList();
    }

    private void writes(String text) {
        simulator.writes("Ana", simulator.direct("Ana"), text);
    }

    @Test
    void messagesComeByOneSessionAndOwnOnesDoNot() throws Exception {
        begin();
        writes("one");
        writes("two");
        pollUntil(() -> texts().size() == 2);
        Outbound.ToCustomer ours = new Outbound.ToCustomer(
                "d-1",
                "m-1",
                "c-1",
                simulator.direct("Ana"),
                List.of(new Part.Text("ours")),
                null,
                null,
                List.of(),
                null,
                false);
        assertThat(discord.send(account, ours, transport)).isInstanceOf(Outcome.Sent.class);
        writes("three");
        pollUntil(() -> texts().contains("three"));
        assertThat(texts()).containsExactly("one", "two", "three");
        assertThat(simulator.gateway().count(IDENTIFY)).isEqualTo(1);
        assertThat(simulator.gateway().count(RESUME)).isZero();
    }

    @Test
    void whatWasNotStoredIsBroughtAgain() throws Exception {
        begin();
        writes("one");
        Batch lost;
        do {
            lost = poll();
        } while (lost.requests().isEmpty());
        assertThat(texts()).isEmpty();
        pollUntil(() -> texts().contains("one"));
        assertThat(simulator.gateway().count(RESUME)).isEqualTo(1);
        assertThat(simulator.gateway().count(IDENTIFY)).isEqualTo(1);
    }

    @Test
    void brokenConnectionIsResumedWithWhatCameMeanwhile() throws Exception {
        begin();
        for (int code : new int[] {0, 4000, 1001}) {
            if (code == 0) {
                simulator.gateway().cut();
            } else {
                simulator.gateway().drop(code);
            }
            writes("while away " + code);
            pollPastFailures(() -> texts().contains("while away " + code));
        }
        simulator.gateway().askToReconnect();
        writes("last");
        pollPastFailures(() -> texts().contains("last"));
        assertThat(texts()).containsExactly("while away 0", "while away 4000", "while away 1001", "last");
        assertThat(simulator.gateway().count(IDENTIFY)).isEqualTo(1);
    }

    /** The gateway polls again a little after a failure. */
    private void pollPastFailures(BooleanSupplier reached) throws Exception {
        while (true) {
            try {
                pollUntil(reached);
                return;
            } catch (TransportFailure e) {
                assertThat(e.isLoginRefused()).isFalse();
            }
        }
    }

    @Test
    void anotherStartResumesTheSession() throws Exception {
        begin();
        context.stop();
        writes("between");
        context = new TestPollContext();
        pollUntil(() -> texts().contains("between"));
        assertThat(simulator.gateway().count(RESUME)).isEqualTo(1);
        assertThat(simulator.gateway().count(IDENTIFY)).isEqualTo(1);
    }

    @Test
    void afterALostSessionNothingIsMissed() throws Exception {
        account = DiscordAccounts.of(DiscordAccounts.with(simulator.settings(), "channels", DiscordSimulator.CHANNEL));
        begin();
        writes("first");
        simulator.writes("Ben", DiscordSimulator.CHANNEL, "in public");
        pollUntil(() -> texts().size() == 2);
        context.stop();
        simulator.gateway().forget();
        IntStream.range(0, 230).forEach(i -> writes("missed " + i));
        simulator.writes("Ben", DiscordSimulator.CHANNEL, "missed in public");
        simulator.writes("Ben", DiscordSimulator.THREAD, "missed in a thread");
        context = new TestPollContext();
        pollUntil(() -> simulator.gateway().count(IDENTIFY) == 2 && texts().contains("missed 0"));
        writes("after");
        pollUntil(() -> texts().contains("after") && texts().contains("missed in a thread"));
        List<String> direct = texts().stream()
                .filter(text -> (text.startsWith("missed ") && !text.contains("in ")) || text.equals("after"))
                .distinct()
                .toList();
        assertThat(direct).hasSize(231).last().isEqualTo("after");
        assertThat(direct.subList(0, 230))
                .isEqualTo(IntStream.range(0, 230).mapToObj(i -> "missed " + i).toList());
        assertThat(texts()).contains("missed in public");
        assertThat(keysOf("first")).as("told twice by one key").hasSize(1);
        pollUntil(() -> reached().missed().isEmpty());
        assertThat(reached().since()).isNull();
    }

    private List<String> keysOf(String text) {
        return events.stream()
                .filter(event -> event instanceof MessageReceived message
                        && message.parts().equals(List.of(new Part.Text(text))))
                .map(CustomerEvent::key)
                .distinct()
                .toList();
    }

    @Test
    void nothingFromBeforeTheFirstStartIsTaken() throws Exception {
        account = DiscordAccounts.of(DiscordAccounts.with(simulator.settings(), "channels", "all"));
        simulator.writes("Ben", DiscordSimulator.CHANNEL, "long ago");
        begin();
        simulator.writes("Ben", DiscordSimulator.CHANNEL, "now");
        pollUntil(() -> texts().contains("now"));
        assertThat(texts()).containsExactly("now");
    }

    @Test
    void heartbeatsGoOutAndADeafGatewayIsLeft() throws Exception {
        simulator.gateway().interval(60);
        begin();
        int first = simulator.gateway().count(HEARTBEAT);
        pollUntil(() -> simulator.gateway().count(HEARTBEAT) > first + 2);
        assertThat(simulator.gateway().count(RESUME)).isZero();
        assertThat(simulator.gateway().last(HEARTBEAT).path("d").asInt()).isPositive();
        simulator.gateway().deaf(true);
        pollPastFailures(() -> simulator.gateway().count(RESUME) > 0);
        simulator.gateway().deaf(false);
        writes("still here");
        pollPastFailures(() -> texts().contains("still here"));
        assertThat(texts()).containsExactly("still here");
    }

    @Test
    void whatCannotGoOnWaitsForAPerson() throws Exception {
        simulator.gateway().contentAllowed(false);
        refuses("channels", "all", "Message Content Intent");
        refuses("botToken", "another", "botToken is not the bot's");
        account = DiscordAccounts.of(simulator.settings());
        context = new TestPollContext();
        begin();
        refuses("botToken", "another", "botToken is not the bot's");
    }

    private void refuses(String setting, String value, String why) {
        context.stop();
        context = new TestPollContext();
        account = DiscordAccounts.of(DiscordAccounts.with(simulator.settings(), setting, value));
        assertThatThrownBy(() -> pollUntil(() -> false))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(TransportFailure.class, e -> assertThat(e.isLoginRefused())
                        .isTrue());
    }

    @Test
    void inServersOnlyWhatIsWantedOrMeantForTheBotIsTaken() throws Exception {
        account = DiscordAccounts.of(DiscordAccounts.with(simulator.settings(), "channels", ELSEWHERE));
        begin();
        simulator.writes("Ben", DiscordSimulator.CHANNEL, "to others");
        ObjectNode mention = simulator.writes("Ben", DiscordSimulator.CHANNEL, "to nobody yet");
        mention.withArray("mentions")
                .addObject()
                .put("id", DiscordSimulator.BOT)
                .put("username", "Shop");
        mention.put("content", "<@" + DiscordSimulator.BOT + "> hello");
        simulator.tells("MESSAGE_CREATE", mention);
        pollUntil(() -> texts().size() == 1);
        assertThat(texts()).containsExactly("@Shop hello");
        MessageReceived message = (MessageReceived) events.get(0);
        assertThat(message.sender().address()).isEqualTo(DiscordSimulator.CHANNEL + "/" + simulator.person("Ben"));
        assertThat(transport.calls()).noneMatch(call -> call.uri().getPath().endsWith("/messages"));
    }

    @Test
    void threadOfAWantedChannelIsOneConversation() throws Exception {
        account = DiscordAccounts.of(DiscordAccounts.with(simulator.settings(), "channels", DiscordSimulator.CHANNEL));
        begin();
        simulator.writes("Ben", DiscordSimulator.THREAD, "in the thread");
        simulator.writes("Cem", DiscordSimulator.THREAD, "me too");
        pollUntil(() -> texts().size() == 2);
        assertThat(events)
                .allSatisfy(event ->
                        assertThat(((MessageReceived) event).threading().key()).isEqualTo(DiscordSimulator.THREAD));
    }

    @Test
    void newsOfAMessageFollowIt() throws Exception {
        begin();
        ObjectNode message = simulator.writes("Ana", simulator.direct("Ana"), "helo");
        simulator.tells(
                "MESSAGE_UPDATE",
                message.deepCopy().put("content", "hello").put("edited_timestamp", "2026-01-01T00:00:00+00:00"));
        simulator.tells("MESSAGE_UPDATE", message.deepCopy().putNull("edited_timestamp"));
        ObjectNode reaction = new ObjectMapper().createObjectNode().put("user_id", simulator.person("Ana"));
        reaction.put("channel_id", simulator.direct("Ana"))
                .put("message_id", message.path("id").asText());
        reaction.putObject("emoji").putNull("id").put("name", "👍");
        simulator.tells("MESSAGE_REACTION_ADD", reaction);
        simulator.tells("MESSAGE_REACTION_ADD", reaction.deepCopy().put("user_id", DiscordSimulator.BOT));
        simulator.tells("MESSAGE_DELETE", message.deepCopy());
        pollUntil(() -> events.size() == 4);
        assertThat(events)
                .extracting(Object::getClass)
                .isEqualTo(List.of(MessageReceived.class, MessageEdited.class, Reaction.class, MessageDeleted.class));
        assertThat(events).extracting(CustomerEvent::key).doesNotHaveDuplicates();
    }

    @Test
    void interactionOfTheSessionIsAnsweredOnceItIsStored() throws Exception {
        begin();
        simulator.asks(DiscordSimulator.SESSION, "Ana", "is it open?");
        Batch batch;
        do {
            batch = poll();
        } while (batch.requests().isEmpty());
        assertThat(simulator.answers()).as("before it is stored").isEmpty();
        store(batch);
        poll();
        assertThat(texts()).containsExactly("/ask is it open?");
        assertThat(simulator.answers()).singleElement().satisfies(answer -> {
            assertThat(answer.path("type").asInt()).isEqualTo(4);
            assertThat(answer.at("/data/content").asText()).isEqualTo("✅ Received.");
        });
    }

    @Test
    void stoppingEndsAWaitingPoll() throws Exception {
        begin();
        context.stop();
        context = new TestPollContext(Duration.ofMinutes(5));
        Thread stopper = new Thread(() -> {
            while (simulator.gateway().count(RESUME) == 0) {
                Thread.onSpinWait();
            }
            context.stop();
        });
        stopper.start();
        long begun = System.nanoTime();
        store(poll());
        stopper.join();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        assertThat(reached().session()).isNotNull();
    }

    /** An address in somebody's answer is a stranger's: Discord's own, or nobody's. */
    @Test
    void gatewayInAPrivateNetworkIsNotAsked() {
        Map<String, String> settings = new HashMap<>(simulator.settings());
        settings.remove("gatewayUrl"); // then the API says where: ws://127.0.0.1
        account = DiscordAccounts.of(settings);
        assertThatThrownBy(() -> pollUntil(() -> false))
                .isInstanceOf(TransportFailure.class)
                .hasMessageContaining("127.0.0.1 is not allowed without TLS");
        assertThat(simulator.gateway().count(IDENTIFY)).isZero();
    }
}
