// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageDeleted;
import io.dragoman.model.CustomerEvent.MessageEchoed;
import io.dragoman.model.CustomerEvent.MessageEdited;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Reaction;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.CustomerEvent.ReceivedUntil;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.matrix.MatrixSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code /sync} against a homeserver with its real rules. */
@Timeout(60)
final class MatrixPollTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MatrixSimulator server = new MatrixSimulator(0);
    private final Matrix matrix = new Matrix();
    private final PlainTransport transport = new PlainTransport();
    private final List<CustomerEvent> events = new ArrayList<>();
    private TestPollContext context = new TestPollContext(Duration.ofMillis(1));
    private Account account = MatrixAccounts.of(server.settings());
    private String position = "";

    @AfterEach
    void close() {
        context.stop();
        server.close();
    }

    private Batch poll() throws TransportFailure {
        return matrix.poll(account, position, transport, context);
    }

    /** Polls and stores, as the gateway does, until something is so. */
    private void pollUntil(BooleanSupplier reached) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        do {
            assertThat(System.nanoTime()).as("in vain: " + events).isLessThan(end);
            store(poll());
        } while (!reached.getAsBoolean());
    }

    private void store(Batch batch) throws Exception {
        for (Request request : batch.requests()) {
            for (CustomerEvent event : matrix.read(account, Signature.polled(request))) {
                if (context.taken.add(event.key())) { // as the store does
                    events.add(event);
                }
            }
        }
        position = batch.position();
    }

    /** The first answer is taken, and the shop is in a room with Ana. */
    private String begin() throws Exception {
        pollUntil(() -> !position.isEmpty());
        String room = server.direct("Ana");
        pollUntil(() -> server.membership(room, MatrixSimulator.SHOP).equals("join"));
        pollUntil(() -> SyncPosition.read(position).joining().isEmpty());
        return room;
    }

    private List<String> texts() {
        return events.stream()
                .filter(MessageReceived.class::isInstance)
                .map(event -> ((MessageReceived) event).parts().get(0))
                .map(part -> part instanceof Part.Text text ? text.text() : part.toString())
                .toList();
    }

    private ToCustomer ours(String room, String text) {
        return new ToCustomer(
                "d-" + text, "m-1", "c-1", room, List.of(new Part.Text(text)), null, null, List.of(), null, false);
    }

    private String sent(String room, String text) {
        Outcome outcome = matrix.send(account, ours(room, text), transport);
        return String.valueOf(((Outcome.Sent) outcome).externalId());
    }

    private static ObjectNode related(String type, String event, String key) {
        ObjectNode content = JSON.createObjectNode();
        content.putObject("m.relates_to")
                .put("rel_type", type)
                .put("event_id", event)
                .put("key", key);
        return content;
    }

    private static ObjectNode edit(String event, String text) {
        ObjectNode content =
                related("m.replace", event, "").put("msgtype", "m.text").put("body", "* " + text);
        content.putObject("m.new_content").put("msgtype", "m.text").put("body", text);
        return content;
    }

    @Test
    void nothingFromBeforeTheFirstStartIsTaken() throws Exception {
        String room = begin();
        server.writes("Ana", room, "long ago");
        position = "";
        pollUntil(() -> !position.isEmpty());
        server.writes("Ana", room, "now");
        pollUntil(() -> !texts().isEmpty());
        assertThat(texts()).containsExactly("now");
    }

    @Test
    void whoInvitesAndWritesAtOnceIsHeard() throws Exception {
        pollUntil(() -> !position.isEmpty());
        server.customerWrites(MatrixSimulator.SYNC, "Ana", "hello");
        pollUntil(() -> !texts().isEmpty());
        MessageReceived message = (MessageReceived) events.get(0);
        assertThat(message.sender().name()).isEqualTo("Ana");
        assertThat(message.sender().identities()).containsExactly(MatrixId.identity(server.user("Ana")));
        assertThat(message.sender().address()).isEqualTo(server.direct("Ana"));
        assertThat(message.threading().key()).isNull();
    }

    @Test
    void invitationsOfOthersAreDeclinedAndToldOf() throws Exception {
        account = MatrixAccounts.of(MatrixAccounts.with(server.settings(), "invites", server.user("Ben")));
        pollUntil(() -> !position.isEmpty());
        String room = server.direct("Ana");
        pollUntil(() -> !events.isEmpty());
        assertThat(server.membership(room, MatrixSimulator.SHOP)).isEqualTo("leave");
        assertThat(events).singleElement().isInstanceOfSatisfying(Ignored.class, ignored -> assertThat(ignored.kind())
                .isEqualTo("invite"));
        String wanted = server.direct("Ben");
        pollUntil(() -> server.membership(wanted, MatrixSimulator.SHOP).equals("join"));
    }

    @Test
    void gapIsReadInItsOrderAndOnce() throws Exception {
        String room = begin();
        server.writes("Ana", room, "before");
        pollUntil(() -> texts().size() == 1);
        IntStream.range(0, 330).forEach(i -> server.writes("Ana", room, "missed " + i));
        pollUntil(() -> texts().contains("missed 329"));
        server.writes("Ana", room, "after");
        pollUntil(() -> texts().contains("after"));
        List<String> expected = new ArrayList<>(List.of("before"));
        IntStream.range(0, 330).forEach(i -> expected.add("missed " + i));
        expected.add("after");
        assertThat(texts()).isEqualTo(expected);
        assertThat(SyncPosition.read(position).gaps()).isEmpty();
    }

    @Test
    void gapGoesOnWhereItWasWhenTheGatewayStops() throws Exception {
        String room = begin();
        IntStream.range(0, 250).forEach(i -> server.writes("Ana", room, "missed " + i));
        pollUntil(() -> !texts().isEmpty());
        assertThat(texts()).hasSizeLessThan(250).first().isEqualTo("missed 0");
        context.stop();
        TestPollContext before = context;
        context = new TestPollContext(Duration.ofMillis(1));
        context.taken.addAll(before.taken);
        pollUntil(() -> texts().contains("missed 249"));
        assertThat(texts())
                .isEqualTo(IntStream.range(0, 250).mapToObj(i -> "missed " + i).toList());
    }

    @Test
    void newRoomIsReadFromTheInvitationOn() throws Exception {
        pollUntil(() -> !position.isEmpty());
        String room = server.direct("Ana");
        IntStream.range(0, 40).forEach(i -> server.writes("Ana", room, "early " + i));
        pollUntil(() -> texts().contains("early 39"));
        assertThat(texts())
                .isEqualTo(IntStream.range(0, 40).mapToObj(i -> "early " + i).toList());
        server.writes("Ben", server.group("Ben", "Cem"), "in a group");
        pollUntil(() -> texts().contains("in a group"));
        assertThat(((MessageReceived) events.get(40)).threading().key())
                .isEqualTo(((MessageReceived) events.get(40)).sender().address());
    }

    @Test
    void whatWasNotStoredComesAgain() throws Exception {
        String room = begin();
        server.writes("Ana", room, "one");
        assertThat(poll().requests()).hasSize(1);
        assertThat(poll().requests()).hasSize(1);
        pollUntil(() -> texts().size() == 1);
        assertThat(poll().requests()).isEmpty();
    }

    @Test
    void ourOwnAreNoEchoAndWhatTheAccountWritesElsewhereIs() throws Exception {
        String room = begin();
        sent(room, "ours");
        server.shopWrites(room, "from the shop's phone");
        pollUntil(() -> !events.isEmpty());
        assertThat(events).singleElement().isInstanceOfSatisfying(MessageEchoed.class, echo -> {
            assertThat(echo.parts()).containsExactly(new Part.Text("from the shop's phone"));
            assertThat(echo.customer().identities()).containsExactly(MatrixId.identity(server.user("Ana")));
        });
    }

    @Test
    void newsOfAMessageFollowIt() throws Exception {
        String room = begin();
        String message = server.writes("Ana", room, "helo");
        server.sends("Ana", room, "m.room.message", edit(message, "hello"));
        String reaction = server.sends("Ana", room, "m.reaction", related("m.annotation", message, "👍"));
        pollUntil(() -> events.size() == 3);
        server.redacts("Ana", room, reaction);
        server.redacts("Ana", room, message);
        pollUntil(() -> events.size() == 5);
        assertThat(events)
                .extracting(Object::getClass)
                .isEqualTo(List.of(
                        MessageReceived.class,
                        MessageEdited.class,
                        Reaction.class,
                        Reaction.class,
                        MessageDeleted.class));
        assertThat(((Reaction) events.get(2)).emoji()).isEqualTo("👍");
        assertThat(((Reaction) events.get(3)).emoji()).isEmpty();
        assertThat(((Reaction) events.get(3)).externalId()).isEqualTo(message);
        assertThat(((MessageDeleted) events.get(4)).externalId()).isEqualTo(message);
    }

    @Test
    void editCountsFromTheAuthorAlone() throws Exception {
        pollUntil(() -> !position.isEmpty());
        String room = server.group("Ana", "Ben");
        String message = server.writes("Ana", room, "mine");
        pollUntil(() -> texts().size() == 1);
        server.sends("Ben", room, "m.room.message", edit(message, "forged"));
        String ours = sent(room, "ours");
        pollUntil(() -> events.size() == 2);
        server.sends("Ben", room, "m.room.message", edit(ours, "forged too"));
        server.sends("Ana", room, "m.room.message", edit(message, "still mine"));
        server.sends("Ana", room, "m.room.message", edit("$long-gone", "of long ago"));
        pollUntil(() -> events.size() == 5);
        assertThat(events.subList(1, 3))
                .allSatisfy(event -> assertThat(((Ignored) event).kind()).isEqualTo("edit.foreign"));
        assertThat(((MessageEdited) events.get(3)).parts()).containsExactly(new Part.Text("still mine"));
        assertThat(texts()).containsExactly("mine", "of long ago");
    }

    @Test
    void readingIsTold() throws Exception {
        String room = begin();
        String first = sent(room, "one");
        String second = sent(room, "two");
        poll();
        server.reads("Ana", room, second);
        pollUntil(() -> !events.isEmpty());
        assertThat(((Receipt) events.get(0)).externalId()).isEqualTo(second);
        long at = server.event(room, second).path("origin_server_ts").asLong();
        assertThat(((ReceivedUntil) events.get(1)).until().toEpochMilli()).isEqualTo(at);
        assertThat(server.event(room, first).path("origin_server_ts").asLong()).isLessThanOrEqualTo(at);
        context.stop();
        context = new TestPollContext(Duration.ofMillis(1)); // which has not seen that event
        server.reads("Ana", room, first);
        pollUntil(() -> events.size() > 2);
        assertThat(((Receipt) events.get(2)).externalId()).isEqualTo(first);
    }

    @Test
    void encryptedMessagesAreShownAndAnsweredOnce() throws Exception {
        String room = begin();
        ObjectNode content = JSON.createObjectNode().put("algorithm", "m.megolm.v1.aes-sha2");
        server.sends("Ana", room, "m.room.encrypted", content.deepCopy().put("ciphertext", "AwgAEnACgAkLmt6q"));
        server.sends("Ana", room, "m.room.encrypted", content.deepCopy().put("ciphertext", "AwgAEnACgAkLmt7q"));
        poll(); // and is not stored
        pollUntil(() -> events.size() == 2);
        assertThat(events).allSatisfy(event -> assertThat(((MessageReceived) event).parts())
                .singleElement()
                .isInstanceOfSatisfying(Part.Unsupported.class, part -> {
                    assertThat(part.what()).isEqualTo("encrypted message");
                    assertThat(part.raw()).doesNotContain("AwgAEn");
                }));
        assertThat(server.delivered())
                .extracting(Delivered::content)
                .hasSize(1)
                .allMatch(text -> text.startsWith("This message is encrypted"));
        server.sends("Ana", room, "m.room.encrypted", content.deepCopy());
        pollUntil(() -> events.size() == 3);
        assertThat(server.delivered()).hasSize(1);
    }

    @Test
    void whatComesWhileWeWaitFreesUsAtOnce() throws Exception {
        String room = begin();
        context = new TestPollContext(Duration.ofSeconds(25));
        CompletableFuture<Batch> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return poll();
            } catch (TransportFailure e) {
                throw new AssertionError(e);
            }
        });
        server.writes("Ana", room, "hello");
        assertThat(waiting.get(10, TimeUnit.SECONDS).requests()).hasSize(1);
    }

    @Test
    void refusedTokenWaitsForAPersonAndAnythingElseIsTriedAgain() throws Exception {
        begin();
        server.answerNext(429, Map.of("Retry-After", "0"), "{\"errcode\":\"M_LIMIT_EXCEEDED\"}");
        assertThatThrownBy(this::poll).isInstanceOfSatisfying(TransportFailure.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.THROTTLED);
            assertThat(e.isLoginRefused()).isFalse();
        });
        assertThat(context.rests()).isEqualTo(1);
        server.answerNext(200, Map.of(), "<html>");
        server.answerNext(200, Map.of(), "<html>");
        assertThatThrownBy(this::poll).hasMessageContaining("without a next_batch");
        server.expire();
        assertThatThrownBy(this::poll).isInstanceOfSatisfying(TransportFailure.class, e -> {
            assertThat(e.isLoginRefused()).isTrue();
            assertThat(e.detail()).contains("accessToken is not valid any more", "expired");
        });
    }

    @Test
    void positionOfAnotherAccountBeginsAnew() throws Exception {
        begin();
        position = position.replace(MatrixSimulator.SHOP, "@former:sim.example");
        server.writes("Ana", server.direct("Ana"), "before the change");
        store(poll());
        assertThat(events).isEmpty();
        assertThat(SyncPosition.read(position).me()).isEqualTo(MatrixSimulator.SHOP);
    }
}
