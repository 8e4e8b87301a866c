// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestGateway;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.model.Part;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chat by mail, for a visitor who asks for it. */
final class TranscriptTest {
    @TempDir
    private Path data;

    @Test
    void answeredChatShouldBeMailedOnceAndBeNobodysWork() throws Exception {
        try (ChatGateway chat =
                new ChatGateway(data, "transcriptBy", "shop", "title", "Shop support", "form", "name")) {
            String token = ChatGateway.token(chat.post("session", null, "{\"form\":{\"name\":\"Ana\"}}"));
            chat.post(
                    "messages",
                    token,
                    "{\"clientMsgId\":\"message-1\",\"first\":true,\"parts\":[{\"type\":\"text\",\"text\":\"Is it there?\"}]}");
            String conversation = chat.awaitReceived(1).data().conversation().id();
            assertThat(asks(chat, token, "asked-000", "ana@example.org").statusCode())
                    .isEqualTo(204);
            chat.answers(conversation, "a1", "It is.");
            TestGateway.await("the answer", () -> page(chat, token).contains("It is."));
            assertThat(asks(chat, token, "asked-001", "ana@example.org").statusCode())
                    .isEqualTo(204);
            assertThat(asks(chat, token, "asked-001", "ana@example.org").statusCode())
                    .isEqualTo(204);
            TestGateway.await("the mail", () -> !mails(chat).isEmpty());
            chat.says(token, "message-2", "thanks");
            chat.awaitReceived(2);

            assertThat(mails(chat))
                    .as("what nobody had answered was not mailed")
                    .hasSize(1);
            ToCustomer mail = mails(chat).get(0);
            assertThat(mail.address()).isEqualTo("ana@example.org");
            assertThat(mail.subject()).isEqualTo("Shop support");
            assertThat(mail.automatic()).isTrue();
            assertThat(((Part.Text) mail.parts().get(0)).text())
                    .matches(
                            "(?s)\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC, Ana:\\nIs it there\\?\\n\\n[^\\n]+ UTC, Ana:\\nIt is\\.")
                    .doesNotContain("not verified");
            JsonNode thread = chat.test
                    .admin("/api/v1/conversations/" + mail.conversation())
                    .path("conversation");
            assertThat(thread.path("status").asText()).isEqualTo("closed");
            assertThat(thread.path("desk").isTextual()).isFalse();
            assertThat(List.copyOf(chat.test.desk.sent).toString()).doesNotContain(mail.conversation());
        }
    }

    @Test
    void addressOfTheWebsiteShouldGoBeforeATypedOne() throws Exception {
        try (ChatGateway chat = new ChatGateway(data, "transcriptBy", "shop")) {
            Instant now = Instant.now();
            String jwt = JWT.create()
                    .withSubject("u-77")
                    .withClaim("email", "right@example.org")
                    .withIssuedAt(now)
                    .withExpiresAt(now.plusSeconds(600))
                    .sign(Algorithm.HMAC256(ChatGateway.IDENTITY.value()));
            String token = ChatGateway.token(chat.post("session", null, "{\"identity\":\"" + jwt + "\"}"));
            chat.says(token, "message-1", "hi");
            chat.answers(chat.awaitReceived(1).data().conversation().id(), "a1", "hello");
            TestGateway.await("the answer", () -> page(chat, token).contains("hello"));
            assertThat(asks(chat, token, "asked-001", "other@example.org").statusCode())
                    .isEqualTo(204);
            TestGateway.await("the mail", () -> !mails(chat).isEmpty());
            assertThat(mails(chat).get(0).address()).isEqualTo("right@example.org");
        }
    }

    @Test
    void requestsShouldBeRefusedWhereThereIsNoMailNoAddressOrTooMany() throws Exception {
        try (ChatGateway chat = new ChatGateway(data)) {
            assertThat(asks(chat, chat.visitor(), "asked-001", "ana@example.org")
                            .statusCode())
                    .isEqualTo(404);
        }
        try (ChatGateway chat = new ChatGateway(data, "transcriptBy", "shop")) {
            String token = chat.visitor();
            for (String bad : List.of("ana", "a b@example.org", "ana@example.org\\nBcc: b@example.org")) {
                assertThat(asks(chat, token, "asked-001", bad).statusCode())
                        .as(bad)
                        .isEqualTo(422);
            }
            String other = chat.visitor();
            for (int i = 0; i < 3; i++) {
                assertThat(asks(chat, other, "asked-00" + i, "ana@example.org").statusCode())
                        .isEqualTo(204);
            }
            assertThat(asks(chat, other, "asked-004", "ana@example.org").statusCode())
                    .isEqualTo(429);
        }
    }

    private static HttpResponse<String> asks(ChatGateway chat, String token, String id, String email) throws Exception {
        return chat.post("transcript", token, "{\"clientMsgId\":\"" + id + "\",\"email\":\"" + email + "\"}");
    }

    private static List<ToCustomer> mails(ChatGateway chat) {
        return chat.test.channel.sent.stream().map(ToCustomer.class::cast).toList();
    }

    private static String page(ChatGateway chat, String token) {
        try {
            return chat.page(token, 0).body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
