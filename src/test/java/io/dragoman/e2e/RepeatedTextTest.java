// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.app.trial.RuleComparison;
import io.dragoman.connector.Account;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.model.Json;
import io.dragoman.rules.Decision;
import io.dragoman.rules.facts.Facts;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.simulator.mail.Mail;
import io.dragoman.simulator.mail.MailSimulator;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent's answer that the customer's mail program repeats in a form that no program is known to have. */
final class RepeatedTextTest {
    private static final String ANSWER =
            "Hello Anna,\n\nwe have the boots in black and in brown, in all sizes up to 46. "
                    + "Which ones may we send you?\n\nKind regards\nMax";

    private static final String REPLY = "The black ones, please: 42.\n\n"
            + "On Mon, 16 Nov 2026 at 10:05, Max <" + MailSimulator.ADDRESS + "> wrote\n\n"
            + "Hello Anna,\n"
            + "we have the boots in black and in brown,\n"
            + "in all sizes up to 46. Which ones\nmay we send you?\n"
            + "Kind regards\nMax\n";

    @TempDir
    private Path home;

    @Test
    @DisplayName("the desk and the rules see the new words first, the story tells why, and all of it is still there")
    void deskShouldSeeTheNewWords() throws Exception {
        try (World world = new World(home)) {
            world.mail.writes("anna@a.example", MailSimulator.ADDRESS, "Boots", "Do you have boots?", Map.of());
            Note first = world.note("post", "Do you have boots?");
            assertThat(world.desk.tell(world.callback("helpdesk"), "wh-1", agent(first.conversation())))
                    .isEqualTo(200);
            World.await(
                    "the answer", () -> !world.mail.mailbox("anna@a.example").isEmpty());
            Mail answer = world.mail.mailbox("anna@a.example").get(0);
            world.mail.writes(
                    "anna@a.example",
                    MailSimulator.ADDRESS,
                    "Re: Boots",
                    REPLY,
                    Map.of("In-Reply-To", answer.messageId(), "References", answer.messageId()));
            World.await("the reply", () -> world.received("post").size() == 2);

            Note reply = world.received("post").get(1);
            assertThat(reply.conversation()).isEqualTo(first.conversation());
            assertThat(reply.text()).isEqualTo("The black ones, please: 42.");
            assertThat(reply.json().at("/data/message/parts/0/full").asText()).contains("in all sizes up to 46");
            assertThat(placed(world, reply)).contains("its quote was cut by the text that we sent");
            assertThat(placed(world, first)).doesNotContain("its quote was cut");
            assertThat(compared(world)).containsExactly("Do you have boots?", "The black ones, please: 42.");
        }
    }

    private static String agent(String conversation) {
        return "{\"type\":\"agent.replied\",\"data\":{\"conversation\":{\"id\":\"" + conversation
                + "\"},\"message\":{\"parts\":[{\"type\":\"text\",\"text\":" + Json.write(ANSWER)
                + "}]},\"author\":{\"name\":\"Max\"}}}";
    }

    private static String placed(World world, Note note) {
        String id = note.json().at("/data/message/id").asText();
        return world.gateway()
                .store()
                .read(tx -> tx.messages().decision(id))
                .map(content -> String.valueOf(Json.read(content, Map.class).get("conversation")))
                .orElseThrow();
    }

    /** What rules see in a backtest. */
    private static List<String> compared(World world) {
        List<String> seen = new ArrayList<>();
        Account post = new Account(
                Side.CHANNEL, "post", "email", Map.of(), false, new Account.Installation(world.url, new Secret("key")));
        new RuleComparison(world.gateway().store())
                .compare(
                        id -> Optional.of(post),
                        "helpdesk",
                        Instant.EPOCH,
                        situation -> {
                            seen.add(Facts.text(situation.event().parts().get(0)));
                            return Decision.NOTHING;
                        },
                        situation -> Decision.NOTHING);
        return seen;
    }
}
