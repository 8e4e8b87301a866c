// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.config.Home;
import io.dragoman.config.TestConnector;
import io.dragoman.model.Conversation.State;
import io.dragoman.store.Conversations;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which surveys closed conversations would have got. */
final class SurveyBacktestTest {
    private static final String HAPPY = "surveys: {happy: {kind: csat, text: {en: 'Content?', de: 'Zufrieden?'}}}\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void otherSurveysShouldBeShownWhereTheyWouldHaveBeenSent() throws Exception {
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            test.clock.move(Duration.ofHours(-1));
            serves(test, "ana", true);
            serves(test, "ben", false);
            writes(test, "eve");
        }
        Home home = new Home(folder).write("channels", "channels:\n  shop: {kind: parrot, token: x}\n");
        Path other = folder.resolve("new.yaml");
        Files.writeString(other, HAPPY);
        assertThat(run(home, "backtest", "--surveys", other.toString())).isZero();
        assertThat(out.toString())
                .as("ben was answered by nobody, and eve's conversation is open")
                .contains("    survey happy - -> en\n", "1 of 3 messages would be treated differently.");
        home.write("surveys", HAPPY);
        assertThat(run(home, "backtest", "--surveys", other.toString())).isZero();
        assertThat(out.toString()).contains("0 of 3 messages");
        Files.writeString(other, HAPPY.replace("{en: 'Content?', de: 'Zufrieden?'}", "{de: 'Zufrieden?'}"));
        assertThat(run(home, "backtest", "--surveys", other.toString())).isZero();
        assertThat(out.toString()).contains("survey happy en -> de");
        Files.writeString(other, "surveys: {happy: {kind: csat, text: {en: 'Content?'}, after: 2h}}");
        assertThat(run(home, "backtest", "--surveys", other.toString())).isZero();
        assertThat(out.toString()).as("its time has not come").contains("survey happy en -> -");
        Path rules = folder.resolve("rules.yaml");
        Files.writeString(rules, "rules: []\nconsent: {survey: explicit}\n");
        assertThat(run(home, "backtest", rules.toString())).isZero();
        assertThat(out.toString()).as("nobody consented to it").contains("survey happy en -> -");
    }

    @Test
    void whatCannotBeReadShouldBeSaid() throws Exception {
        Home home = new Home(folder).write("channels", "channels:\n  shop: {kind: parrot, token: x}\n");
        assertThat(run(home, "backtest")).isEqualTo(2);
        assertThat(err.toString()).contains("Name a file of other rules, or of other surveys with --surveys.");
        assertThat(run(home, "backtest", "--surveys", "no-such.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("no-such.yaml cannot be read.");
        Path other = folder.resolve("new.yaml");
        Files.writeString(other, "surveys: {happy: {kind: csad, text: x}}");
        assertThat(run(home, "backtest", "--surveys", other.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no such kind of survey. Did you mean 'csat'?");
    }

    private static void serves(TestGateway test, String who, boolean answered) {
        String conversation = writes(test, who);
        if (answered) {
            desk(test, "agent.replied", who, conversation, ",\"parts\":[{\"type\":\"text\",\"text\":\"yes\"}]");
        }
        desk(test, "conversation.closed", who, conversation, "");
        TestGateway.await("the closing", () -> test.gateway
                .store()
                .read(tx -> tx.conversations().find(conversation))
                .filter(one -> one.conversation().status() == State.CLOSED)
                .isPresent());
    }

    private static String writes(TestGateway test, String who) {
        assertThat(test.post("[{\"id\":\"" + who + "\",\"from\":\"" + who + "\",\"text\":\"hello\"}]"))
                .isEqualTo(200);
        TestGateway.await("its end", () -> test.gateway
                .store()
                .read(tx -> tx.events().find("shop", who))
                .filter(event -> event.doneAt() != null)
                .isPresent());
        return test
                .gateway
                .store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 10))
                .stream()
                .filter(one -> one.address().equals(who))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static void desk(TestGateway test, String type, String key, String conversation, String more) {
        assertThat(test.postDesk("[{\"type\":\"" + type + "\",\"key\":\"" + type + key
                        + "\",\"at\":\"2026-11-21T10:00:00.000Z\",\"author\":\"Mara\",\"conversation\":\""
                        + conversation + "\"" + more + "}]"))
                .isEqualTo(200);
    }

    private int run(Home home, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = folder.toString();
        return new Dragoman(TestConnector.ALL, home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(all);
    }
}
