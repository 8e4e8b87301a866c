// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import io.dragoman.TestGateway;
import io.dragoman.model.Contact;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users for whom the website vouches; their tokens are made by a library that others use. */
final class IdentityTest {
    private static final String OLD = "the secret that the website had before";

    @TempDir
    private static Path data;

    private static ChatGateway chat;

    @BeforeAll
    static void start() throws Exception {
        chat = new ChatGateway(data, "identity.oldSecret", OLD, "newVisitorsPerHour", "1000");
    }

    @AfterAll
    static void stop() {
        chat.close();
    }

    private static Instant now() {
        return chat.test.clock.instant();
    }

    private static JWTCreator.Builder user(String id) {
        return JWT.create()
                .withSubject(id)
                .withClaim("email", "ana@example.org")
                .withClaim("name", "Ana")
                .withIssuedAt(now())
                .withExpiresAt(now().plusSeconds(600));
    }

    private static String signed(JWTCreator.Builder user) {
        return user.sign(Algorithm.HMAC256(ChatGateway.IDENTITY.value()));
    }

    private static HttpResponse<String> session(String token, String jwt) throws Exception {
        return chat.post("session", token, "{\"identity\":\"" + jwt + "\"}");
    }

    @Test
    void onlyAFreshTokenOfTheWebsiteShouldBeTaken() throws Exception {
        Algorithm right = Algorithm.HMAC256(ChatGateway.IDENTITY.value());
        assertThat(session(null, signed(user("u1"))).statusCode()).isEqualTo(200);
        assertThat(session(null, signed(user("u1").withAudience("chat"))).statusCode())
                .isEqualTo(200);
        assertThat(session(null, user("u1").sign(Algorithm.HMAC256(OLD))).statusCode())
                .isEqualTo(200);
        JWTCreator.Builder nobody = JWT.create().withIssuedAt(now()).withExpiresAt(now().plusSeconds(60));
        JWTCreator.Builder endless = JWT.create().withSubject("u1").withIssuedAt(now());
        for (String wrong : List.of(
                user("u1").sign(Algorithm.HMAC256("another secret of somebody else's server")),
                user("u1").sign(Algorithm.none()),
                user("u1").sign(Algorithm.HMAC512(ChatGateway.IDENTITY.value())),
                signed(user("u1").withAudience("other")),
                signed(user("u1").withExpiresAt(now().plusSeconds(601))),
                signed(user("u1").withIssuedAt(now().minusSeconds(500)).withExpiresAt(now().minusSeconds(1))),
                signed(user("u1").withIssuedAt(now().plusSeconds(3600)).withExpiresAt(now().plusSeconds(3700))),
                endless.sign(right),
                nobody.sign(right),
                "x",
                "a.b.c")) {
            assertThat(session(null, wrong).statusCode()).as(wrong).isEqualTo(401);
        }
    }

    @Test
    void userShouldHaveOneConversationOnEveryDevice() throws Exception {
        String phone = ChatGateway.token(session(null, signed(user("u2"))));
        String laptop = ChatGateway.token(session(null, signed(user("u2"))));
        chat.says(phone, "from-phone", "hello");
        try (EventStream events = chat.events(laptop, null)) {
            assertThat(events.await(1).get(0).at("/parts/0/text").asText()).isEqualTo("hello");
            chat.says(laptop, "from-laptop", "hello again");
            events.await(2);
        }
        String address =
                Visitor.user("u2", null, null, null, java.util.Map.of()).address();
        TestGateway.await("both at the desk", () -> of(address).size() == 2);
        assertThat(of(address).stream().distinct()).hasSize(1);
    }

    private static List<String> of(String address) {
        return chat.received().stream()
                .filter(notice -> notice.data().conversation().address().equals(address))
                .map(notice -> notice.data().conversation().id())
                .toList();
    }

    /** What was written before goes along, and the token of before opens nothing more. */
    @Test
    void visitorWhoLogsInShouldKeepTheConversation() throws Exception {
        String anonymous = chat.visitor();
        chat.says(anonymous, "before-login", "who am I?");
        TestGateway.await("the first message", () -> chat.received().stream()
                .anyMatch(notice -> text(notice).contains("who am I?")));
        String conversation = chat.received().stream()
                .filter(notice -> text(notice).contains("who am I?"))
                .findFirst()
                .orElseThrow()
                .data()
                .conversation()
                .id();
        try (EventStream before = chat.events(anonymous, null)) {
            before.await(1);
            String user = ChatGateway.token(session(anonymous, signed(user("u3"))));
            before.awaitEnd();

            assertThat(chat.page(anonymous, 0).statusCode()).isEqualTo(401);
            assertThat(chat.says(anonymous, "after-login", "again").statusCode())
                    .isEqualTo(401);
            assertThat(chat.post("session", anonymous, "{}").statusCode()).isEqualTo(401);
            assertThat(session(anonymous, signed(user("u4"))).statusCode())
                    .as("another user does not get it")
                    .isEqualTo(401);

            chat.answers(conversation, "after-login", "you are Ana");
            try (EventStream after = chat.events(user, null)) {
                after.await(2);
                assertThat(after.texts()).containsExactly("who am I?", "you are Ana");
            }
            assertThat(chat.says(user, "as-user-1", "thanks").statusCode()).isEqualTo(200);
            TestGateway.await("the message in the same conversation", () -> chat.received().stream()
                    .anyMatch(notice -> text(notice).contains("thanks")
                            && notice.data().conversation().id().equals(conversation)));
            Contact contact =
                    chat.received().get(chat.received().size() - 1).data().contact();
            assertThat(Objects.requireNonNull(contact).identities())
                    .extracting(identity -> identity.type())
                    .contains(Visitor.USER, Visitor.ANONYMOUS);
        }
    }

    private static String text(io.dragoman.model.DeskNotice notice) {
        return Objects.requireNonNull(notice.data().message()).parts().stream()
                .map(part -> part instanceof io.dragoman.model.Part.Text text ? text.text() : "")
                .reduce("", String::concat);
    }
}
