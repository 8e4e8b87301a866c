// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestGateway;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Part;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A visitor and an agent over HTTP: what is posted becomes an event, what is answered is read in the feed. */
final class VisitorJourneyTest {
    @TempDir
    private Path data;

    @Test
    void messageShouldReachTheDeskAndTheAnswerTheVisitorsOpenStream() throws Exception {
        try (ChatGateway chat = new ChatGateway(data)) {
            String token = chat.visitor();
            assertThat(chat.test.admin("/api/v1/conversations").path("conversations"))
                    .as("a page load makes nobody a contact")
                    .isEmpty();
            try (EventStream events = chat.events(token, null)) {
                assertThat(events.status).isEqualTo(200);
                assertThat(events.response.headers().firstValue("content-type")).contains("text/event-stream");
                HttpResponse<String> posted = chat.says(token, "message-1", "გამარჯობა");
                assertThat(posted.statusCode()).isEqualTo(200);
                assertThat(ChatGateway.json(posted).path("seq").asLong()).isEqualTo(1);

                DeskNotice notice = chat.awaitReceived(1);
                assertThat(Objects.requireNonNull(notice.data().message()).parts())
                        .containsExactly(new Part.Text("გამარჯობა"));
                chat.answers(notice.data().conversation().id(), "a1", "hello");

                List<JsonNode> entries = events.await(2);
                assertThat(entries.get(0).path("seq").asLong()).isEqualTo(1);
                assertThat(events.ids()).startsWith(1L, 2L);
                assertThat(entries.get(0).path("from").asText()).isEqualTo("visitor");
                assertThat(entries.get(1).path("from").asText()).isEqualTo("agent");
                assertThat(entries.get(1).path("name").asText()).isEqualTo("Ana");
                assertThat(entries.get(1).at("/parts/0/text").asText()).isEqualTo("hello");
                TestGateway.await(
                        "the news that it was sent",
                        () -> chat.test.desk.sent.toString().contains("DELIVERY_UPDATED"));
            }
        }
    }

    @Test
    void sameClientMsgIdShouldBeOneMessageWhateverItsTab() throws Exception {
        try (ChatGateway chat = new ChatGateway(data)) {
            String token = chat.visitor();
            List<String> answers = IntStream.range(0, 8)
                    .parallel()
                    .mapToObj(i -> body(chat, token))
                    .distinct()
                    .toList();
            assertThat(answers).hasSize(1);
            assertThat(answers.get(0)).contains("\"seq\":1", "\"id\":\"message-1\"");
            chat.says(token, "message-2", "last");
            chat.awaitReceived(2);
            assertThat(chat.received()).hasSize(2);
            assertThat(messages(chat, token)).isEqualTo(2);
        }
    }

    private static String body(ChatGateway chat, String token) {
        try {
            HttpResponse<String> answer = chat.says(token, "message-1", "hi");
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingShouldBeLostOrDoubledOverARestartWithTwoTabs() throws Exception {
        String token;
        String conversation;
        long seen;
        try (ChatGateway chat = new ChatGateway(data)) {
            token = chat.visitor();
            try (EventStream one = chat.events(token, null);
                    EventStream two = chat.events(token, null)) {
                chat.says(token, "message-1", "m1");
                conversation = chat.awaitReceived(1).data().conversation().id();
                chat.answers(conversation, "a1", "a1");
                assertThat(one.await(2)).isEqualTo(two.await(2));
                seen = one.await(2).get(1).path("seq").asLong();
                chat.stop();
                one.awaitEnd();
                two.awaitEnd();
            }
        }
        try (ChatGateway chat = new ChatGateway(data)) {
            chat.answers(conversation, "a2", "a2"); // while nobody reads
            TestGateway.await("the answer in the feed", () -> messages(chat, token) == 3);
            try (EventStream one = chat.events(token, seen);
                    EventStream two = chat.events(token, 0L)) {
                chat.says(token, "message-2", "m2");
                chat.says(token, "message-1", "m1"); // the other tab does not know that it went through
                chat.answers(conversation, "a3", "a3");
                two.await(5);
                one.await(3);
                assertThat(two.texts())
                        .startsWith("m1", "a1", "a2")
                        .containsExactlyInAnyOrder("m1", "a1", "a2", "m2", "a3");
                assertThat(two.ids()).isEqualTo(consecutive(1, two.ids().size()));
                assertThat(one.texts()).isEqualTo(two.texts().subList(2, 5));
            }
        }
    }

    @Test
    void endShouldCloseTheConversationOnceAndAMessageAfterwardsOpenIt() throws Exception {
        try (ChatGateway chat = new ChatGateway(data)) {
            String token = chat.visitor();
            chat.says(token, "message-1", "hi");
            String conversation = chat.awaitReceived(1).data().conversation().id();
            assertThat(chat.post("end", token, "{\"clientMsgId\":\"ending-1\"}").statusCode())
                    .isEqualTo(200);
            assertThat(chat.post("end", token, "{\"clientMsgId\":\"ending-1\"}").statusCode())
                    .isEqualTo(200);
            TestGateway.await(
                    "the desk knows that it is closed", () -> chat.updates().contains(Conversation.State.CLOSED));
            assertThat(chat.awaitReceived(2).data().conversation().id()).isEqualTo(conversation);
            assertThat(chat.updates()).containsExactly(Conversation.State.CLOSED);
            assertThat(status(chat, conversation)).isEqualTo("closed");
            assertThat(ChatGateway.json(chat.page(token, 0)).findValuesAsText("type"))
                    .contains("ended");

            chat.says(token, "message-2", "one more thing");
            assertThat(chat.awaitReceived(3).data().conversation().id()).isEqualTo(conversation);
            assertThat(status(chat, conversation)).isEqualTo("open");
        }
    }

    private static String status(ChatGateway chat, String conversation) {
        return chat.test
                .admin("/api/v1/conversations/" + conversation)
                .at("/conversation/status")
                .asText();
    }

    private static List<Long> consecutive(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }

    /** How many messages the feed has, by polling. */
    private static int messages(ChatGateway chat, String token) {
        try {
            List<JsonNode> items = new ArrayList<>();
            ChatGateway.json(chat.page(token, 0)).path("items").forEach(items::add);
            return (int) items.stream()
                    .filter(item -> item.path("type").asText().equals("message"))
                    .count();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Streams open and close while messages come: every reader has each number once and in order. */
    @Test
    void readersWhoComeBackShouldMissNothing() throws Exception {
        try (ChatGateway chat = new ChatGateway(data)) {
            String token = chat.visitor();
            chat.says(token, "message-0", "0");
            String conversation = chat.awaitReceived(1).data().conversation().id();
            Thread agent =
                    new Thread(() -> IntStream.range(0, 25).forEach(i -> chat.answers(conversation, "a" + i, "a" + i)));
            agent.start();
            long last = 0;
            List<Long> read = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            while (texts.size() < 26) {
                try (EventStream events = chat.events(token, last)) {
                    events.await(Math.min(5, 26 - texts.size()));
                    events.hangUp();
                    events.awaitEnd();
                    read.addAll(events.ids());
                    texts.addAll(events.texts());
                    last = read.get(read.size() - 1);
                }
            }
            agent.join();
            assertThat(read).isEqualTo(consecutive(1, read.size()));
            assertThat(texts).hasSize(26).doesNotHaveDuplicates();
        }
    }
}
