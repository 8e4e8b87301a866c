// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Message;
import io.dragoman.model.Status;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.simulator.mail.Mail;
import io.dragoman.simulator.mail.MailSimulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail to several, from the desk's notice to the answer to all and what comes back of it. */
final class MailCopiesTest {
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
    @DisplayName("the desk sees who else got the mail, its answer goes to all, and a participant's answer comes back")
    void answerShouldGoToAll() {
        String first = writes("anna@a.example", "one", Map.of("Cc", "Bob <bob@a.example>"), MailSimulator.ADDRESS);
        Note note = world.note("post", "one");
        assertThat(note.json().at("/data/message/cc").toString())
                .isEqualTo("[{\"name\":\"Bob\",\"address\":\"bob@a.example\"}]");
        assertThat(note.json().at("/data/message").has("to")).isFalse();

        replies(note, "to all of you", "");
        Mail answer = last("bob@a.example", "to all of you");
        assertThat(answer.header("To")).isEqualTo("anna@a.example");
        assertThat(answer.header("Cc")).isEqualTo("Bob <bob@a.example>");
        assertThat(last("anna@a.example", "to all of you").messageId()).isEqualTo(answer.messageId());

        writes(
                "bob@a.example",
                "bob says",
                Map.of("In-Reply-To", first, "References", first, "Cc", "anna@a.example, kim@a.example"),
                MailSimulator.ADDRESS);
        Note bobs = world.note("post", "bob says");
        assertThat(bobs.conversation()).isEqualTo(note.conversation());
        assertThat(bobs.json().at("/data/message/author/address").asText()).isEqualTo("bob@a.example");

        replies(note, "to bob as well", "");
        Mail second = last("anna@a.example", "to bob as well");
        assertThat(second.header("To")).isEqualTo("anna@a.example, bob@a.example");
        assertThat(second.header("Cc")).isEqualTo("kim@a.example");
        assertThat(out(note, "to bob as well").to())
                .extracting(io.dragoman.model.Participant::address)
                .containsExactly("bob@a.example");
    }

    @Test
    @DisplayName("an agent may answer the customer alone, or name who gets a copy")
    void agentShouldDecideOnCopies() {
        writes("anna@b.example", "b one", Map.of("Cc", "bob@b.example"), MailSimulator.ADDRESS);
        Note note = world.note("post", "b one");
        replies(note, "for anna alone", ",\"cc\":[]");
        assertThat(last("anna@b.example", "for anna alone").header("Cc")).isEmpty();
        replies(
                note,
                "for kim",
                ",\"cc\":[\"kim@b.example\",{\"name\":\"Us\",\"address\":\"" + MailSimulator.ADDRESS + "\"}]");
        assertThat(last("kim@b.example", "for kim").header("Cc")).isEqualTo("kim@b.example");
        assertThat(texts("bob@b.example")).doesNotContain("for anna alone", "for kim");
        World.await("what was left out", () -> updates(note).stream()
                .anyMatch(update -> update.at("/data/detail").asText().contains("an address of ours")));
        assertThat(tell(note, "bad", ",\"cc\":[\"no address\"]")).isEqualTo(400);
    }

    @Test
    @DisplayName("who is no participant joins by a token, but neither gets answers nor chooses who does")
    void outsiderShouldNotBeAnswered() {
        writes("anna@c.example", "c one", Map.of("Cc", "bob@c.example"), MailSimulator.ADDRESS);
        Note note = world.note("post", "c one");
        replies(note, "c answer", "");
        String token = last("anna@c.example", "c answer").header("Reply-To");
        writes("mallory@c.example", "let me in", Map.of("Cc", "trudy@c.example"), token);
        Note outsider = world.note("post", "let me in");
        assertThat(outsider.conversation()).isEqualTo(note.conversation());
        assertThat(outsider.json().at("/data/message/author/address").asText()).isEqualTo("mallory@c.example");
        replies(note, "c second", "");
        assertThat(last("anna@c.example", "c second").header("Cc")).isEqualTo("bob@c.example");
        assertThat(texts("mallory@c.example")).isEmpty();
        assertThat(texts("trudy@c.example")).doesNotContain("c second");
    }

    @Test
    @DisplayName("the bounce of a copy is told and fails nothing; that of the customer fails the message")
    void bounceOfACopyShouldNotFailTheMessage() {
        writes("anna@d.example", "d one", Map.of("Cc", "bob@d.example"), MailSimulator.ADDRESS);
        Note note = world.note("post", "d one");
        replies(note, "d answer", "");
        String id = last("bob@d.example", "d answer").messageId();
        bounce(id, "bob@d.example");
        World.await("the copy's bounce at the desk", () -> updates(note).stream()
                .anyMatch(update -> update.at("/data/detail")
                        .asText()
                        .equals("The copy for bob@d.example failed: mail status 5.1.1.")));
        assertThat(out(note, "d answer").status()).isEqualTo(Status.SENT);
        bounce(id, "anna@d.example");
        World.await("the failure", () -> out(note, "d answer").status() == Status.FAILED);
    }

    private static String writes(String from, String text, Map<String, String> headers, String to) {
        return world.mail.writes(from, to, "About an order", text, headers);
    }

    private static void replies(Note note, String text, String more) {
        assertThat(tell(note, text, more)).isEqualTo(200);
    }

    private static int tell(Note note, String text, String more) {
        String body = "{\"type\":\"agent.replied\",\"data\":{\"conversation\":{\"id\":\"" + note.conversation()
                + "\"},\"message\":{\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]" + more + "}}}";
        return world.desk.tell(world.callback("helpdesk"), "wh-" + text, body);
    }

    private static Mail last(String mailbox, String text) {
        World.await("the mail for " + mailbox, () -> texts(mailbox).contains(text));
        return world.mail.mailbox(mailbox).stream()
                .filter(mail -> mail.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(String mailbox) {
        return world.mail.mailbox(mailbox).stream().map(Mail::text).toList();
    }

    private static List<JsonNode> updates(Note note) {
        return world.desk.notes().stream()
                .filter(update -> update.type().equals("delivery.updated"))
                .filter(update -> update.conversation().equals(note.conversation()))
                .map(Note::json)
                .toList();
    }

    private static Message out(Note note, String text) {
        return world.gateway().store().read(tx -> tx.messages().of(note.conversation(), 0, 100)).stream()
                .filter(message -> message.parts().toString().length() > 0 && text.equals(text(message)))
                .findFirst()
                .orElseThrow();
    }

    private static String text(Message message) {
        return message.parts().get(0) instanceof io.dragoman.model.Part.Text text ? text.text() : "";
    }

    private static void bounce(String messageId, String recipient) {
        world.mail.drop(String.join(
                        "\r\n",
                        "From: MAILER-DAEMON@mx.example",
                        "To: " + MailSimulator.ADDRESS,
                        "Subject: Undelivered Mail Returned to Sender",
                        "Message-ID: <bounce-" + recipient + ">",
                        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
                        "",
                        "--b",
                        "Content-Type: text/plain",
                        "",
                        "Your mail could not be delivered.",
                        "--b",
                        "Content-Type: message/delivery-status",
                        "",
                        "Reporting-MTA: dns; mx.example",
                        "",
                        "Final-Recipient: rfc822; " + recipient,
                        "Action: failed",
                        "Status: 5.1.1",
                        "--b",
                        "Content-Type: text/rfc822-headers",
                        "",
                        "Message-ID: " + messageId,
                        "--b--",
                        "")
                .getBytes(StandardCharsets.UTF_8));
    }
}
