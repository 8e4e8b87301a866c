// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.simulator.desk.DeskSimulator.Note;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written in public, up to the desk and back. */
final class PublicCommentsTest {
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
    @DisplayName(
            "a comment on Instagram and what others write below it are one conversation, apart from the author's messages")
    void commentsOnInstagramShouldBeAConversation() {
        world.writes("insta", "ana", "a direct message");
        Note direct = world.note("insta", "a direct message");
        String root = world.instagram.customerComments(world.callback("insta"), "ana", "how much?", null);
        world.instagram.customerComments(world.callback("insta"), "bea", "yes, how much?", root);
        Note first = world.note("insta", "how much?");
        Note second = world.note("insta", "yes, how much?");
        assertThat(second.conversation()).isEqualTo(first.conversation()).isNotEqualTo(direct.conversation());
        assertThat(first.json().at("/data/contact/id")).isEqualTo(direct.json().at("/data/contact/id"));
        assertThat(direct.json().at("/data/conversation/replyUntil").asText()).startsWith("20");
        assertThat(first.json().at("/data/conversation/replyUntil").asText("")).isEmpty();
        world.desk.agentReplies(world.callback("helpdesk"), first.conversation(), "Max", "90 euros");
        World.await("the answer", () -> world.delivered("insta", "ana").contains("[public] 90 euros"));
    }

    @Test
    @DisplayName("a comment on a page's post is answered below it")
    void commentsOnAPageShouldBeAnswered() {
        world.writes("feed", "cem", "is it there?");
        Note note = world.note("feed", "is it there?");
        assertThat(note.json().at("/data/contact/name").asText()).isEqualTo("Customer cem");
        world.desk.agentReplies(world.callback("helpdesk"), note.conversation(), "Max", "it is");
        World.await("the answer", () -> world.delivered("feed", "cem").contains("[public] it is"));
    }

    @Test
    @DisplayName("LinkedIn's challenge is answered, and so is a comment, below it; what others write there joins it")
    void commentsOnLinkedInShouldBeAnswered() {
        URI callback = world.callback("company");
        assertThat(world.linkedin.validates(callback)).isEmpty();
        world.writes("company", "ana", "how much is it?");
        Note note = world.note("company", "how much is it?");
        assertThat(note.json().at("/data/conversation/kind").asText()).isEqualTo("linkedin");
        String root = world.linkedin.lastOf("ana").orElseThrow();
        world.linkedin.customerReplies(callback, "bea", "for two?", root);
        assertThat(world.note("company", "for two?").conversation()).isEqualTo(note.conversation());
        assertThat(world.linkedin.customerEdits(callback, root, "how much are two?"))
                .isEqualTo(200);
        World.await("the edit", () -> world.desk.notes().stream()
                .anyMatch(
                        one -> one.type().equals("message.edited") && one.text().equals("how much are two?")));
        world.desk.agentReplies(world.callback("helpdesk"), note.conversation(), "Max", "90 euros");
        World.await("the answer", () -> world.delivered("company", "ana").contains("[public] 90 euros"));
    }

    @Test
    @DisplayName("what the page answers on Facebook itself is at the desk, and what we wrote for it is not told again")
    void answersOnFacebookItselfShouldBeAtTheDesk() {
        URI callback = world.callback("feed");
        world.facebook.comments(callback, "dea", "1_77", "open today?", null);
        String conversation = world.note("feed", "open today?").conversation();
        world.facebook.commentsTo(callback);
        world.desk.agentReplies(world.callback("helpdesk"), conversation, "Max", "I ask");
        World.await("the answer", () -> world.delivered("feed", "dea").contains("[public] I ask"));
        assertThat(world.facebook.pageComments(callback, "1_77", "until six")).isEqualTo(200);
        Note echo = echo(conversation);
        assertThat(echo.text()).isEqualTo("until six");
        assertThat(echo.json().at("/data/contact/name").asText()).isEqualTo("Customer dea");
        assertThat(world.facebook.pageComments(callback, "1_12345", "below nothing of a customer's"))
                .isEqualTo(200);
        ignored("feed", "journey.own-elsewhere");
    }

    @Test
    @DisplayName("what the page comments on LinkedIn itself is at the desk, and what we wrote for it is not told again")
    void commentsOfThePageOnLinkedInShouldBeAtTheDesk() {
        URI callback = world.callback("company");
        world.writes("company", "eva", "do you ship?");
        String conversation = world.note("company", "do you ship?").conversation();
        world.linkedin.echoTo(callback);
        world.desk.agentReplies(world.callback("helpdesk"), conversation, "Max", "I ask");
        World.await("the answer", () -> world.delivered("company", "eva").contains("[public] I ask"));
        world.linkedin.pageReplies(
                callback, "yes we do", world.linkedin.lastOf("eva").orElseThrow());
        assertThat(echo(conversation).text()).isEqualTo("yes we do");
    }

    @Test
    @DisplayName("what the account writes in X's own app is at the desk, and what we sent is not told again")
    void messagesOfTheAccountOnXShouldBeAtTheDesk() {
        URI callback = world.callback("x");
        world.x.echoTo(callback);
        world.writes("x", "fay", "hello?");
        String direct = world.note("x", "hello?").conversation();
        world.desk.agentReplies(world.callback("helpdesk"), direct, "Max", "a moment");
        World.await("the answer", () -> world.delivered("x", "fay").contains("a moment"));
        assertThat(world.x.accountWrites(callback, "fay", "here we are")).isEqualTo(200);
        assertThat(echo(direct).text()).isEqualTo("here we are");
        world.x.customerMentions(callback, "fay", "hey @shop", null);
        String open = mention("hey @shop").conversation();
        world.desk.agentReplies(world.callback("helpdesk"), open, "Max", "yes?");
        World.await("the answer", () -> world.delivered("x", "fay").contains("yes?"));
        assertThat(world.x.accountAnswers(callback, "fay", "write us")).isEqualTo(200);
        assertThat(echo(open).text()).isEqualTo("write us");
    }

    private static Note mention(String text) {
        World.await("the mention", () -> world.received("x").stream()
                .anyMatch(note -> note.text().startsWith(text)));
        return world.received("x").stream()
                .filter(note -> note.text().startsWith(text))
                .findFirst()
                .orElseThrow();
    }

    /** The one message that was sent outside of us: what we sent came back in the same lane before it. */
    private static Note echo(String conversation) {
        World.await("the echo at the desk", () -> !sent(conversation).isEmpty());
        assertThat(sent(conversation)).hasSize(1);
        return sent(conversation).get(0);
    }

    private static List<Note> sent(String conversation) {
        return world.desk.notes().stream()
                .filter(note -> note.type().equals("message.sent")
                        && note.conversation().equals(conversation))
                .toList();
    }

    private static void ignored(String channel, String kind) {
        World.await(kind, () -> world.gateway().store().read(tx -> tx.ignored().counts(Instant.EPOCH, channel)).stream()
                .anyMatch(count -> count.kind().equals(kind)));
    }
}
