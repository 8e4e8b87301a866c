// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Json;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.simulator.mail.Mail;
import io.dragoman.simulator.mail.MailSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** We write first: what the customer gets, and where their answer goes. */
final class FirstMessageTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicInteger KEYS = new AtomicInteger();

    @TempDir
    private static Path home;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = new World(home);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    @DisplayName("an answer by mail joins the conversation that we began, by the token and by the Message-ID alone")
    void answerByMailShouldJoin() {
        String id = begins("post", "anna@a.example", ",\"subject\":\"Your order 7\"", "mail one");
        World.await("the mail", () -> !world.mail.mailbox("anna@a.example").isEmpty());
        Mail mail = world.mail.mailbox("anna@a.example").get(0);
        assertThat(mail.header("Subject")).isEqualTo("Your order 7");
        assertThat(mail.header("In-Reply-To")).isEmpty();
        assertThat(mail.header("Auto-Submitted")).isEmpty();
        world.mail.writes("anna@a.example", mail.header("Reply-To"), "Re: Your order 7", "by token", Map.of());
        world.mail.writes(
                "anna@a.example",
                MailSimulator.ADDRESS,
                "Re: Your order 7",
                "by id",
                Map.of("In-Reply-To", mail.messageId(), "References", mail.messageId()));
        assertThat(world.note("post", "by token").conversation()).isEqualTo(conversation(id));
        assertThat(world.note("post", "by id").conversation()).isEqualTo(conversation(id));
        assertThat(contacts("post", "anna@a.example")).hasSize(1);
    }

    @Test
    @DisplayName("each first mail starts a thread of its own with the same contact")
    void eachFirstMailShouldStartAThread() {
        String one = begins("post", "bob@a.example", ",\"subject\":\"One\"", "first");
        String two = begins("post", "bob@A.EXAMPLE", ",\"subject\":\"Two\"", "second");
        World.await("both", () -> world.mail.mailbox("bob@a.example").size() == 2);
        assertThat(conversation(one)).isNotEqualTo(conversation(two));
        assertThat(contacts("post", "bob@a.example")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"sms, +15550177, +15550177", "texts, +37255501, +37255501"})
    @DisplayName("an answer by SMS joins the conversation that we began, and the next first message does too")
    void answerBySmsShouldJoin(String channel, String to, String from) {
        String id = begins(channel, to, "", "hello first");
        World.await("the text", () -> world.delivered(channel, to).contains("hello first"));
        world.writes(channel, from, "who is there?");
        assertThat(world.note(channel, "who is there?").conversation()).isEqualTo(conversation(id));
        String again = begins(channel, to, "", "hello again");
        World.await("the second text", () -> world.delivered(channel, to).contains("hello again"));
        assertThat(conversation(again)).isEqualTo(conversation(id));
        assertThat(contacts(channel, to)).hasSize(1);
    }

    @Test
    @DisplayName("a template may be the first message on WhatsApp, the customer's answer joins and opens the window")
    void answerToATemplateShouldJoin() {
        String template =
                "[{\"type\":\"template\",\"name\":\"order_ready\",\"language\":\"en\",\"parameters\":[\"7\"]}]";
        HttpResponse<String> answer =
                post("{\"channel\":\"wa\",\"to\":\"+4930801\",\"parts\":" + template + "}", key());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        World.await("the template", () -> !world.delivered("wa", "+4930801").isEmpty());
        assertThat(world.delivered("wa", "+4930801").get(0)).contains("order_ready");
        world.writes("wa", "+4930801", "thanks for it");
        String conversation = world.note("wa", "thanks for it").conversation();
        assertThat(conversation)
                .isEqualTo(conversation(json(answer.body()).path("id").asText()));
        assertThat(contacts("wa", "+4930801")).hasSize(1);
        HttpResponse<String> reply = send(request("/conversations/" + conversation + "/messages")
                .header("Idempotency-Key", key())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"you are welcome\"}")));
        assertThat(reply.statusCode()).isEqualTo(202);
        World.await("the answer", () -> world.delivered("wa", "+4930801").contains("you are welcome"));
    }

    @Test
    @DisplayName("a conversation that was closed of late is open again")
    void closedConversationShouldOpen() {
        world.writes("sms", "+15550182", "to be closed");
        String conversation = world.note("sms", "to be closed").conversation();
        HttpResponse<String> closing = send(request("/conversations/" + conversation + "/close")
                .header("Idempotency-Key", key())
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(closing.statusCode()).isEqualTo(202);
        World.await("the end", () -> status(conversation).equals("closed"));
        begins("sms", "+15550182", "", "once more");
        World.await("the text", () -> world.delivered("sms", "+15550182").contains("once more"));
        assertThat(status(conversation)).isEqualTo("open");
    }

    @Test
    @DisplayName("the desk learns of it, and the explanation says why it went there")
    void deskShouldLearnOfIt() {
        String id = begins("sms", "+15550178", ",\"author\":{\"name\":\"Max\"}", "for the desk");
        World.await("the notice", () -> world.desk.notes().stream().anyMatch(note -> isOf(note, id)));
        Note note = world.desk.notes().stream()
                .filter(one -> isOf(one, id))
                .findFirst()
                .orElseThrow();
        assertThat(note.type()).isEqualTo("message.sent");
        assertThat(note.json().at("/data/message/author").toString())
                .isEqualTo("{\"kind\":\"agent\",\"name\":\"Max\"}");
        assertThat(note.json().at("/data/contact/identities/0/value").asText()).isEqualTo("+15550178");
        JsonNode story = get("/messages/" + id + "/explain");
        assertThat(story.at("/event/source").asText()).isEqualTo("api");
        assertThat(story.at("/event/type").asText()).isEqualTo("conversation.started");
        assertThat(story.at("/placed").asText()).isEqualTo("the contact has none on this channel");
        assertThat(story.has("decision")).isFalse();
    }

    @Test
    @DisplayName("twenty at the same instant with one key are one message; another body with it is refused")
    void sameKeyShouldBeOneMessage() {
        String body = body("sms", "+15550179", "", "once only");
        List<HttpResponse<String>> answers = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> post(body, "same-key"))
                .toList();
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(202);
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        assertThat(post(body("texts", "+37255502", "", "once only"), "same-key").statusCode())
                .isEqualTo(409);
        begins("sms", "+15550179", "", "the last");
        World.await("the last", () -> world.delivered("sms", "+15550179").contains("the last"));
        assertThat(world.delivered("sms", "+15550179")).containsExactly("once only", "the last");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tg | 77 || The channel tg cannot write to somebody who has not written to it",
                "wa | +491700001 || Only a template may be the first message on the channel wa",
                "wa | 0170 || to must be a phone number with its country, such as +15550100",
                "sms | 0170 || to must be a phone number with its country, such as +15550100",
                "sms | +15550180 | ,\"subject\":\"x\" | The channel sms has no subjects: leave subject out",
                "post | anna@a.example || subject is missing",
                "post | anna | ,\"subject\":\"x\" | to must be a plain mail address",
                "post | \"support@example.com\" | ,\"subject\":\"x\" | to is an address of this mailbox itself",
                "nowhere | x || There is no channel with this id",
                "helpdesk | x || There is no channel with this id",
            })
    @DisplayName("what cannot be the first message is refused with the reason, and nothing is stored")
    void impossibleFirstMessageShouldBeRefused(String channel, String to, String more, String why) {
        String own = to.contains("support@") ? MailSimulator.ADDRESS : to;
        HttpResponse<String> refused = post(body(channel, own, more == null ? "" : more, "hello"), key());
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(json(refused.body()).path("title").asText()).startsWith(why);
        assertThat(refused.body()).doesNotContain("hello");
    }

    @Test
    @DisplayName("who opted out is not written to")
    void optedOutShouldBeRefused() {
        world.writes("sms", "+15550181", "STOP");
        world.note("sms", "STOP");
        HttpResponse<String> refused = post(body("sms", "+15550181", "", "hello"), key());
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused.body()).path("title").asText()).startsWith("This customer opted out");
    }

    private static String status(String conversation) {
        return get("/conversations/" + conversation).at("/conversation/status").asText();
    }

    private static boolean isOf(Note note, String id) {
        return note.json().at("/data/message/id").asText().equals(id);
    }

    private static String begins(String channel, String to, String more, String text) {
        HttpResponse<String> answer = post(body(channel, to, more, text), key());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json(answer.body()).path("id").asText();
    }

    private static String body(String channel, String to, String more, String text) {
        return "{\"channel\":\"" + channel + "\",\"to\":\"" + to + "\",\"text\":\"" + text + "\"" + more + "}";
    }

    private static String key() {
        return "first-" + KEYS.incrementAndGet();
    }

    private static String conversation(String message) {
        return get("/messages/" + message).path("conversation").asText();
    }

    private static List<String> contacts(String channel, String address) {
        return get("/conversations?limit=500&channel=" + channel + "&contact="
                        + java.net.URLEncoder.encode(address, java.nio.charset.StandardCharsets.UTF_8))
                .path("conversations")
                .findValuesAsText("contact")
                .stream()
                .distinct()
                .toList();
    }

    private static HttpResponse<String> post(String body, String key) {
        return send(request("/conversations")
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode get(String path) {
        return json(send(request(path)).body());
    }

    private static HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + world.gateway().adminPort() + "/api/v1" + path))
                    .header(
                            "Authorization",
                            "Bearer "
                                    + Files.readString(home.resolve("data/admin.token"))
                                            .trim());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.tree(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
