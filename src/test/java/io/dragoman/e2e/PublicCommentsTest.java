// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.simulator.desk.DeskSimulator.Note;
import java.net.URI;
import java.nio.file.Path;
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
}
