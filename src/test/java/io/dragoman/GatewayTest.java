// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outbound;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import io.dragoman.rules.Decision;
import io.dragoman.store.DeadLetters;
import io.dragoman.store.Events;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journey from wire to wire on one test channel and one test desk. */
final class GatewayTest {
    @TempDir
    private Path data;

    @Test
    void messageReachesTheDeskAndTheAnswerTheCustomer() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"გამარჯობა\"}]"))
                    .isEqualTo(200);
            TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
            DeskNotice notice = ((Outbound.ToDesk) test.desk.sent.get(0)).notice();
            assertThat(notice.type()).isEqualTo(DeskNotice.Type.MESSAGE_RECEIVED);
            Message message = java.util.Objects.requireNonNull(notice.data().message());
            assertThat(message.parts()).containsExactly(new Part.Text("გამარჯობა"));
            assertThat(message.sequence()).isEqualTo(1);

            String conversation = notice.data().conversation().id();
            assertThat(test.postDesk(
                            "[{\"type\":\"agent.replied\",\"key\":\"r1\",\"at\":\"2026-11-21T10:00:00.000Z\",\"conversation\":\""
                                    + conversation
                                    + "\",\"parts\":[{\"type\":\"text\",\"text\":\"hello\"}],\"author\":\"Max\"}]"))
                    .isEqualTo(200);
            TestGateway.await("the answer", () -> !test.channel.sent.isEmpty());
            Outbound.ToCustomer answer = (Outbound.ToCustomer) test.channel.sent.get(0);
            assertThat(answer.address()).isEqualTo("ana");
            assertThat(answer.parts()).containsExactly(new Part.Text("hello"));
            TestGateway.await("the delivery's news", () -> test.desk.sent.size() == 2);
            assertThat(((Outbound.ToDesk) test.desk.sent.get(1))
                            .notice()
                            .data()
                            .message()
                            .status())
                    .isEqualTo(Status.SENT);
        }
    }

    @Test
    void nobodyButTheApiBeginsAConversation() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            assertThat(test.postDesk("[{\"type\":\"conversation.started\",\"key\":\"s1\","
                            + "\"at\":\"2026-11-21T10:00:00.000Z\",\"channel\":\"shop\",\"customer\":{\"address\":\"ana\","
                            + "\"identities\":[{\"type\":\"test\",\"value\":\"ana\",\"verified\":true}]},"
                            + "\"parts\":[{\"type\":\"text\",\"text\":\"hello\"}],\"cc\":[]}]"))
                    .isEqualTo(200);
            TestGateway.await(
                    "the dead event",
                    () -> test.admin("/api/v1/dead").toString().contains("only the API may write to a customer first"));
            assertThat(test.admin("/api/v1/conversations").path("conversations"))
                    .isEmpty();
            assertThat(test.channel.sent).isEmpty();
        }
    }

    @Test
    void sameWebhookFiftyTimesAtOnceIsOneMessage() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            String body = "[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hi\"}]";
            List<Integer> answers = IntStream.range(0, 50)
                    .parallel()
                    .mapToObj(i -> test.post(body))
                    .toList();
            assertThat(answers).containsOnly(200);
            assertThat(test.post("[{\"id\":\"m2\",\"from\":\"ana\",\"text\":\"last\"}]"))
                    .isEqualTo(200);
            TestGateway.await("both messages", () -> test.desk.sent.size() >= 2);
            assertThat(test.desk.sent).hasSize(2);
            assertThat(test.gateway
                            .store()
                            .read(tx -> tx.events().find("shop", "m1"))
                            .orElseThrow()
                            .duplicates())
                    .isEqualTo(49);
        }
    }

    @Test
    void fiftyMessagesOfANewCustomerAtOnceAreOneConversationInOrder() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            IntStream.range(0, 50).parallel().forEach(i -> assertThat(
                            test.post("[{\"id\":\"m" + i + "\",\"from\":\"ana\",\"text\":\"" + i + "\"}]"))
                    .isEqualTo(200));
            TestGateway.await("all messages", () -> test.desk.sent.size() >= 50);
            List<DeskNotice> notices = test.desk.sent.stream()
                    .map(sent -> ((Outbound.ToDesk) sent).notice())
                    .toList();
            assertThat(notices.stream()
                            .map(notice -> notice.data().conversation().id())
                            .distinct())
                    .hasSize(1);
            assertThat(notices.stream().map(notice -> java.util.Objects.requireNonNull(
                                    notice.data().message())
                            .sequence()))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 50).mapToObj(i -> (long) i).toList());
        }
    }

    @Test
    void wrongSignatureIsRefusedAndStoresNothing() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            assertThat(test.post("/channels/shop", "[]", "00")).isEqualTo(401);
            List<Events.Count> counts =
                    test.gateway.store().read(tx -> tx.events().counts());
            assertThat(counts).isEmpty();
            assertThat(test.post("/channels/nobody", "[]", "00")).isEqualTo(404);
        }
    }

    @Test
    void authenticButUnreadableIsKeptAsDeadAndAcknowledged() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            assertThat(test.post("no json")).isEqualTo(200);
            List<DeadLetters.DeadLetter> dead =
                    test.gateway.store().read(tx -> tx.deadLetters().latest(DeadLetters.Filter.ALL, 10));
            assertThat(dead).singleElement().satisfies(event -> assertThat(event.reason())
                    .contains("not an array"));
        }
    }

    @Test
    void tooLargeBodyIsRefused() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            assertThat(test.post("x".repeat(1024 * 1024 + 1))).isIn(413, 0);
        }
    }

    @Test
    void eventThatFailsThreeTimesIsDeadAndItsLaneGoesOn() throws Exception {
        try (TestGateway test = new TestGateway(data, situation -> {
            if (situation.event().key().equals("bad")) {
                throw new IllegalStateException("a bug in the rules");
            }
            return Decision.NOTHING;
        })) {
            assertThat(
                            test.post(
                                    "[{\"id\":\"bad\",\"from\":\"ana\",\"text\":\"1\"},{\"id\":\"good\",\"from\":\"ana\",\"text\":\"2\"}]"))
                    .isEqualTo(200);
            TestGateway.await("the second message", () -> !test.desk.sent.isEmpty());
            Events.Stored dead = test.gateway
                    .store()
                    .read(tx -> tx.events().find("shop", "bad"))
                    .orElseThrow();
            assertThat(dead.state()).isEqualTo(Events.State.DEAD);
            assertThat(dead.reason()).isEqualTo("processing failed with IllegalStateException");
            assertThat(dead.attempts()).isEqualTo(3);
        }
    }
}
