// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.FreePort;
import io.dragoman.channel.smshttp.Kannel;
import io.dragoman.channel.smshttp.SmsCentre;
import io.dragoman.simulator.YamlText;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The channel sms-http with Debian's Kannel, which is logged in to an SMS centre of the test's. */
final class KannelTest {
    private static final String TOKEN = "a-token-of-the-shop";

    @TempDir
    private static Path home;

    private static SmsCentre centre;
    private static Kannel kannel;
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        if (!Kannel.isInstalled()) {
            System.err.println("######## NOT TRIED ON A REAL KANNEL: install kannel ########");
        }
        Assumptions.assumeTrue(Kannel.isInstalled(), "no kannel");
        centre = new SmsCentre();
        int sendsms = FreePort.find();
        world = new World(
                home.resolve("gateway"),
                "off",
                YamlText.account(
                        "kannel",
                        "sms-http",
                        Map.of(
                                "username",
                                "shop",
                                "password",
                                "secret",
                                "token",
                                TOKEN,
                                "from",
                                "+4930111",
                                "baseUrl",
                                "http://127.0.0.1:" + sendsms)));
        kannel = new Kannel(
                home.resolve("kannel"),
                centre.port(),
                sendsms,
                world.callback("kannel") + "?token=" + TOKEN + "&id=%I&from=%p&time=%T&coding=%c&charset=%C&text=%b");
        World.await("the login to the SMS centre", centre::isBound);
    }

    @AfterAll
    static void stop() throws Exception {
        if (kannel != null) {
            kannel.close();
            world.close();
            centre.close();
        }
    }

    @Test
    void textsGoBothWaysInAnyAlphabet() throws Exception {
        int customer = 100;
        for (String text : List.of("Hello there", "Где мой заказ?  два пробела", "👨‍👩‍👧 გამარჯობა")) {
            Note note = brought("+49170001" + ++customer, text);
            boolean plain = text.equals("Hello there");
            replies(note, text + "!");
            String wanted = (plain ? "0 " : "8 ") + text + "!";
            World.await("the answer at the SMS centre", () -> centre.taken.contains(wanted));
            World.await("its receipt", () -> statuses(note).contains("delivered"));
            assertThat(statuses(note)).containsSubsequence("sent", "delivered");
        }
    }

    @Test
    void refusalOfTheCentreHasItsReason() throws Exception {
        Note note = brought("+4917000200", "to nobody");
        centre.refuses(true);
        try {
            replies(note, "an answer that is refused");
            World.await("the refusal", () -> statuses(note).contains("failed"));
        } finally {
            centre.refuses(false);
        }
        assertThat(world.desk.notes().stream()
                        .filter(one -> one.conversation().equals(note.conversation()))
                        .map(one -> one.json().toString()))
                .anyMatch(json -> json.contains("recipient-unknown"));
    }

    /** Kannel keeps a text until the part that calls us is there again; it comes once. */
    @Test
    void whatCameWhileSmsboxWasAwayComesOnce() throws Exception {
        kannel.killSmsbox();
        centre.brings("4917000300", "while it was away");
        kannel.startSmsbox();
        world.note("kannel", "while it was away");
        brought("+4917000300", "and after that");
        assertThat(texts("while it was away")).hasSize(1);
    }

    @Test
    void answersSurviveThatSmsboxIsAway() throws Exception {
        Note note = brought("+4917000400", "please answer");
        kannel.killSmsbox();
        replies(note, "an answer meanwhile");
        kannel.startSmsbox();
        World.await("the answer", () -> centre.taken.contains("0 an answer meanwhile"));
        World.await("its receipt", () -> statuses(note).contains("delivered"));
        assertThat(centre.taken).filteredOn("0 an answer meanwhile"::equals).hasSize(1);
    }

    @Test
    void restartOfTheGatewayLosesNothing() throws Exception {
        Note note = brought("+4917000500", "before the restart");
        for (int i = 0; i < 5; i++) {
            centre.brings("4917000500", "at the restart " + i);
        }
        world.restart();
        for (int i = 0; i < 5; i++) {
            world.note("kannel", "at the restart " + i);
            assertThat(texts("at the restart " + i)).hasSize(1);
        }
        replies(note, "after the restart");
        World.await("its receipt", () -> statuses(note).contains("delivered"));
    }

    @Test
    void brokenConnectionToTheCentreLosesNoAnswer() throws Exception {
        Note note = brought("+4917000600", "will it hold?");
        centre.disconnect();
        replies(note, "it does hold");
        World.await("the answer", () -> centre.taken.contains("0 it does hold"));
        World.await("its receipt", () -> statuses(note).contains("delivered"));
    }

    private static Note brought(String from, String text) throws IOException {
        World.await("the login to the SMS centre", centre::isBound);
        centre.brings(from.substring(1), text);
        return world.note("kannel", text);
    }

    private static void replies(Note note, String text) {
        assertThat(world.desk.agentReplies(world.callback("helpdesk"), note.conversation(), "Max", text))
                .isEqualTo(200);
    }

    private static List<Note> texts(String text) {
        return world.received("kannel").stream()
                .filter(note -> note.text().equals(text))
                .toList();
    }

    private static List<String> statuses(Note note) {
        return world.desk.notes().stream()
                .filter(one -> one.conversation().equals(note.conversation()))
                .filter(one -> one.type().equals("delivery.updated"))
                .map(one -> one.json().at("/data/message/status").asText())
                .toList();
    }
}
