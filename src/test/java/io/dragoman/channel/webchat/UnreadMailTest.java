// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestGateway;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.RetrySafety;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.store.Deliveries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers to a visitor who is gone: by mail, once. */
final class UnreadMailTest {
    private static final String[] SETTINGS = {
        "unreadMail.by", "shop", "unreadMail.after", "10m", "form", "name, email?", "title", "Shop support"
    };

    @TempDir
    private Path data;

    @Test
    void whatWasNotReadShouldBeMailedOnceOverRestarts() throws Exception {
        String conversation;
        String token;
        try (ChatGateway chat = new ChatGateway(data, SETTINGS)) {
            token = visitor(chat, "{\"form\":{\"name\":\"Ana\",\"email\":\"ana@example.org\"},\"language\":\"de-AT\"}");
            writes(chat, token, "message-1", true);
            conversation = chat.awaitReceived(1).data().conversation().id();
            answers(chat, token, conversation, "seen");
            reads(chat, token, "seen");
            answers(chat, token, conversation, "uno");
            chat.test.clock.move(Duration.ofMinutes(9));
            answers(chat, token, conversation, "second");
            assertThat(mails(chat)).as("nine minutes are not ten").isEmpty();
        }
        try (ChatGateway chat = new ChatGateway(data, SETTINGS)) { // whose clock is ten minutes behind again
            chat.test.clock.move(Duration.ofMinutes(21));
            TestGateway.await("the mail", () -> !mails(chat).isEmpty());
            TestGateway.await(
                    "the end of the timers", () -> timers(chat).stream().allMatch(UnreadMailTest::isOver));
            ToCustomer mail = mails(chat).get(0);
            assertThat(mail.address()).isEqualTo("ana@example.org");
            assertThat(mail.subject()).isEqualTo("Shop support");
            assertThat(mail.automatic()).isTrue();
            assertThat(((Part.Text) mail.parts().get(0)).text())
                    .startsWith("Sie waren nicht mehr im Chat, als wir geantwortet haben:\n\n")
                    .containsSubsequence("UTC, Ana:\nuno", "UTC, Ana:\nsecond")
                    .doesNotContain("seen", "not verified");
            assertThat(details(chat)).containsExactly("The customer has not read it and gets it by mail, by shop.");
            assertThat(timers(chat))
                    .containsExactly(
                            Deliveries.State.CANCELLED, Deliveries.State.DELIVERED, Deliveries.State.CANCELLED);
            answers(chat, token, conversation, "third");
            chat.test.clock.move(Duration.ofMinutes(11));
            TestGateway.await("the second mail", () -> mails(chat).size() == 2);
            assertThat(((Part.Text) mails(chat).get(1).parts().get(0)).text())
                    .contains("third")
                    .doesNotContain("uno", "second");
        }
        try (ChatGateway chat = new ChatGateway(data, SETTINGS)) {
            chat.test.clock.move(Duration.ofDays(2));
            writes(
                    chat,
                    ChatGateway.token(chat.post("session", null, "{\"form\":{\"name\":\"Eka\"}}")),
                    "message-9",
                    true);
            chat.awaitReceived(1);
            assertThat(mails(chat)).as("neither is mailed again").isEmpty();
        }
    }

    @Test
    void addressOfTheWebsiteShouldCountAndWithoutOneNothingIsMailed() throws Exception {
        try (ChatGateway chat = new ChatGateway(data, SETTINGS)) {
            Instant now = Instant.now();
            String jwt = JWT.create()
                    .withSubject("u-77")
                    .withClaim("email", "right@example.org")
                    .withIssuedAt(now)
                    .withExpiresAt(now.plusSeconds(600))
                    .sign(Algorithm.HMAC256(ChatGateway.IDENTITY.value()));
            String nobody = visitor(chat, "{\"form\":{\"name\":\"Eka\"}}");
            writes(chat, nobody, "message-1", true);
            answers(chat, nobody, chat.awaitReceived(1).data().conversation().id(), "to nobody");
            String user = visitor(chat, "{\"identity\":\"" + jwt + "\"}");
            writes(chat, user, "message-2", true);
            answers(chat, user, chat.awaitReceived(2).data().conversation().id(), "to a user");
            chat.test.clock.move(Duration.ofMinutes(11));
            TestGateway.await("the end of both", () -> timers(chat).stream().allMatch(UnreadMailTest::isOver));
            TestGateway.await("the mail", () -> !mails(chat).isEmpty());
            assertThat(mails(chat)).extracting(ToCustomer::address).containsExactly("right@example.org");
        }
    }

    @Test
    void deskShouldBeToldThatTheMailFailedOrMayHave() throws Exception {
        Map<Outcome, String> ends = new LinkedHashMap<>();
        ends.put(
                new Outcome.Refused(Reason.RECIPIENT_UNKNOWN, "550 no such user"),
                "The mail with what the customer has not read failed: 550 no such user.");
        ends.put(
                new Outcome.Uncertain(Reason.TIMEOUT, "it hung up", null),
                "The mail with what the customer has not read may not have arrived: it hung up.");
        try (ChatGateway chat = new ChatGateway(data, SETTINGS)) {
            chat.test.channel.retrySafety = RetrySafety.NEITHER;
            chat.test.channel.onUncertain = OnUncertain.HOLD;
            int messages = 0;
            for (Map.Entry<Outcome, String> end : ends.entrySet()) {
                String token = visitor(chat, "{\"form\":{\"name\":\"Ana\",\"email\":\"ana@example.org\"}}");
                writes(chat, token, "message-" + ++messages, true);
                String conversation =
                        chat.awaitReceived(messages).data().conversation().id();
                answers(chat, token, conversation, "answer " + messages);
                chat.test.channel.outcomes.add(end.getKey());
                chat.test.clock.move(Duration.ofMinutes(11));
                TestGateway.await("that it is told", () -> details(chat).contains(end.getValue()));
                DeskNotice told = notices(chat).stream()
                        .filter(notice -> end.getValue().equals(notice.data().detail()))
                        .findFirst()
                        .orElseThrow();
                assertThat(told.data().conversation().id()).as("the chat").isEqualTo(conversation);
                assertThat(told.data().message().status())
                        .as("the answer is in the chat all the same")
                        .isEqualTo(Status.SENT);
            }
            assertThat(details(chat)).hasSize(4);
        }
    }

    private static String visitor(ChatGateway chat, String session) throws Exception {
        return ChatGateway.token(chat.post("session", null, session));
    }

    private static void writes(ChatGateway chat, String token, String id, boolean first) throws Exception {
        String message = ChatGateway.message(id, "Is it there?");
        assertThat(chat.post("messages", token, "{\"first\":" + first + "," + message.substring(1))
                        .statusCode())
                .isEqualTo(200);
    }

    /** An agent's answer, which is in the visitor's feed. */
    private static void answers(ChatGateway chat, String token, String conversation, String text) {
        chat.answers(conversation, text.replace(' ', '-'), text);
        TestGateway.await("the answer", () -> id(chat, token, text) != null);
    }

    private static void reads(ChatGateway chat, String token, String text) throws Exception {
        String id = Objects.requireNonNull(id(chat, token, text));
        chat.post("receipts", token, "{\"status\":\"read\",\"ids\":[\"" + id + "\"]}");
        TestGateway.await("that it is read", () -> chat.test
                .gateway
                .store()
                .read(tx -> tx.messages().find(id))
                .filter(message -> message.status() == Status.READ)
                .isPresent());
    }

    private static String id(ChatGateway chat, String token, String text) {
        try {
            return StreamSupport.stream(
                            ChatGateway.json(chat.page(token, 0)).path("items").spliterator(), false)
                    .filter(entry -> entry.at("/parts/0/text").asText().equals(text))
                    .map((JsonNode entry) -> entry.path("id").asText())
                    .findFirst()
                    .orElse(null);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<Deliveries.State> timers(ChatGateway chat) {
        return chat.test.gateway.store().read(tx -> tx.deliveries().recent(null, 1_000)).stream()
                .filter(delivery -> delivery.kind() == Deliveries.Kind.UNREAD)
                .sorted(java.util.Comparator.comparing(Deliveries.Stored::id))
                .map(Deliveries.Stored::state)
                .toList();
    }

    private static boolean isOver(Deliveries.State state) {
        return state == Deliveries.State.DELIVERED || state == Deliveries.State.CANCELLED;
    }

    private static List<ToCustomer> mails(ChatGateway chat) {
        return chat.test.channel.sent.stream().map(ToCustomer.class::cast).toList();
    }

    private static List<String> details(ChatGateway chat) {
        TestGateway.await("the news of it", () -> chat.test.desk.sent.stream()
                .map(sent -> ((Outbound.ToDesk) sent).notice().data().detail())
                .anyMatch(Objects::nonNull));
        return notices(chat).stream()
                .map(notice -> notice.data().detail())
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<DeskNotice> notices(ChatGateway chat) {
        return List.copyOf(chat.test.desk.sent).stream()
                .map(sent -> ((Outbound.ToDesk) sent).notice())
                .filter(notice -> notice.type() == DeskNotice.Type.DELIVERY_UPDATED)
                .toList();
    }
}
