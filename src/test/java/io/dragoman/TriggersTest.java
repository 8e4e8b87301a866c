// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.app.explain.Explain;
import io.dragoman.app.explain.StoryText;
import io.dragoman.app.trial.RuleComparison;
import io.dragoman.app.trial.TriggerReplay;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.model.Conversation;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Timer;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.Conversations;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that wait for something else than a message, in a whole gateway. */
final class TriggersTest {
    private static final String REPLIES = "replies: {sorry: 'Sorry, {{ message.text }}', thanks: Thanks}\n";
    private static final String SILENCE = """
            rules:
              - {name: Nobody answered, on: {silence: 30m}, team: escalation, note: Half an hour., reply: sorry}
              - {name: Nobody at all, on: {silence: 2h}, priority: urgent}
            """;
    private static final String CLOSED = """
            rules:
              - {name: After closing, on: closed, reply: thanks, tags: [done]}
            """;

    @TempDir
    private Path data;

    private final TestChannel channel = new TestChannel();
    private final TestDesk desk = new TestDesk();
    private TestGateway test;

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void silenceShouldLetItsRulesApplyAndSayWhy() throws Exception {
        start(SILENCE);
        writes("m1");
        test.clock.move(Duration.ofMinutes(31));
        TestGateway.await("the reply", () -> sent().contains("Sorry, m1"));
        assertThat(conversation().team()).isEqualTo("escalation");
        assertThat(conversation().priority()).isEqualTo(Conversation.Priority.NORMAL);
        TestGateway.await("the desk", () -> desk.sent.stream()
                .map(one -> ((ToDesk) one).notice().data().detail())
                .anyMatch("Half an hour."::equals));
        String story = explained(messages().get(1).id());
        assertThat(story)
                .contains("timer.fired", "the timer silence:" + conversation().id() + ":1800 was due at")
                .containsPattern("was due at\\s+20\\d\\d-")
                .containsPattern("set it\\s+at\\s+20\\d\\d-");
        assertThat(story).contains("Nobody answered", "Half an hour").doesNotContain("Nobody at all");
        test.clock.move(Duration.ofHours(2));
        TestGateway.await("the second rule", () -> conversation().priority() == Conversation.Priority.URGENT);
        assertThat(sent()).containsExactly("Sorry, m1");
    }

    @Test
    void answerShouldCancelSilenceAndTheNextMessageShouldBeginItAnew() throws Exception {
        start(SILENCE);
        writes("m1");
        List<Timer> first = timers();
        assertThat(first).extracting(Timer::kind).containsExactly("silence", "silence");
        test.clock.move(Duration.ofMinutes(10));
        writes("m2");
        assertThat(timers()).as("the customer waits since the first").isEqualTo(first);
        deskSays("agent.replied", "r1", ",\"parts\":[{\"type\":\"text\",\"text\":\"hello\"}]");
        TestGateway.await("the answer", () -> sent().contains("hello"));
        assertThat(timers()).isEmpty();
        writes("m3");
        assertThat(timers()).hasSize(2);
        assertThat(timers().get(0).due()).isAfter(first.get(0).due().plus(Duration.ofMinutes(9)));
    }

    @Test
    void answerBetweenATimersEndAndItsTurnShouldWin() throws Exception {
        start(SILENCE);
        writes("m1");
        Timer due = timers().get(0);
        deskSays("agent.replied", "r1", ",\"parts\":[{\"type\":\"text\",\"text\":\"hello\"}]");
        TestGateway.await("the answer", () -> sent().contains("hello"));
        test.gateway.store().writeAndWait(tx -> {
            tx.timers().set(due);
            return true;
        });
        test.clock.move(Duration.ofMinutes(31));
        TestGateway.await("its end", () -> event(due).contains("the customer has been answered"));
        assertThat(conversation().team()).isNull();
    }

    @Test
    void closingBetweenATimersEndAndItsTurnShouldWin() throws Exception {
        start(SILENCE);
        writes("m1");
        Timer due = timers().get(0);
        deskSays("conversation.closed", "c1", "");
        TestGateway.await("the closing", () -> timers().isEmpty());
        test.gateway.store().writeAndWait(tx -> {
            tx.timers().set(due);
            return true;
        });
        test.clock.move(Duration.ofMinutes(31));
        TestGateway.await("its end", () -> event(due).contains("the conversation was closed"));
        assertThat(conversation().team()).isNull();
    }

    @Test
    void closingShouldLetItsRulesApplyWithoutOpeningAgain() throws Exception {
        start(CLOSED);
        writes("m1");
        deskSays("conversation.closed", "c1", "");
        TestGateway.await("the reply", () -> sent().contains("Thanks"));
        assertThat(conversation().status()).isEqualTo(Conversation.State.CLOSED);
        assertThat(conversation().tags()).containsExactly("done");
        assertThat(timers()).isEmpty();
    }

    @Test
    void openingAgainShouldCancelWhatWaitsForTheClosing() throws Exception {
        start(CLOSED.replace("on: closed", "on: {closed: 1h}"));
        writes("m1");
        deskSays("conversation.closed", "c1", "");
        TestGateway.await("the closing", () -> timers().size() == 1);
        writes("m2");
        assertThat(timers()).isEmpty();
        assertThat(sent()).isEmpty();
    }

    @Test
    void timerShouldFireAfterARestart() throws Exception {
        start(SILENCE);
        writes("m1");
        test.close();
        start(SILENCE);
        test.clock.move(Duration.ofMinutes(31));
        TestGateway.await("the reply", () -> sent().contains("Sorry, m1"));
    }

    @Test
    void replyShouldWaitForTheEndOfQuietHours() throws Exception {
        LocalTime now = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        start(SILENCE + "quiet: {hours: \"" + now.minusHours(1) + "-" + now.plusHours(2) + "\"}\n");
        writes("m1");
        test.clock.move(Duration.ofMinutes(31));
        TestGateway.await("the rule", () -> "escalation".equals(conversation().team()));
        assertThat(timers()).extracting(Timer::kind).contains("reply");
        assertThat(sent()).isEmpty();
        test.clock.move(Duration.ofHours(2));
        TestGateway.await("the reply", () -> sent().contains("Sorry, m1"));
    }

    @Test
    void answerShouldCancelTheReplyThatWaits() throws Exception {
        LocalTime now = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        start(SILENCE + "quiet: {hours: \"" + now.minusHours(1) + "-" + now.plusHours(2) + "\"}\n");
        writes("m1");
        test.clock.move(Duration.ofMinutes(31));
        TestGateway.await("the rule", () -> "escalation".equals(conversation().team()));
        deskSays("agent.replied", "r1", ",\"parts\":[{\"type\":\"text\",\"text\":\"hello\"}]");
        TestGateway.await("the answer", () -> sent().contains("hello"));
        assertThat(timers()).isEmpty();
    }

    @Test
    void changedContactShouldLetItsRulesApply() throws Exception {
        start("""
                rules:
                  - {name: Marks, when: {text: buy}, contact: {tags: [vip]}}
                  - {name: Cares, on: contact, when: {contact: {tags: vip}}, team: vips}
                """);
        writes("hello");
        writes("buy");
        TestGateway.await("the rule", () -> "vips".equals(conversation().team()));
    }

    @Test
    void ratingShouldLetItsRulesApply() throws Exception {
        start("""
                rules:
                  - {name: Unhappy, on: survey, when: {conversation: {attributes: {csat: ["1", "2"]}}}, priority: high}
                """);
        writes("m1");
        assertThat(test.post("[{\"type\":\"survey.answered\",\"key\":\"s1\",\"at\":\"2026-11-21T10:00:00.000Z\","
                        + "\"address\":\"ana\",\"conversation\":\""
                        + conversation().id() + "\",\"score\":2}]"))
                .isEqualTo(200);
        TestGateway.await("the rule", () -> conversation().priority() == Conversation.Priority.HIGH);
    }

    @Test
    void backtestShouldReplayWhatFollowedTheMessages() throws Exception {
        start("rules: [{name: a, tags: [seen]}]");
        writes("m1");
        writes("m2");
        assertThat(replayed(SILENCE, Duration.ofMinutes(29))).isEmpty();
        assertThat(replayed(SILENCE, Duration.ofMinutes(31)))
                .containsExactly(
                        "m1 silence: 30m: reply - -> sorry",
                        "m1 silence: 30m: team - -> escalation",
                        "m1 silence: 30m: note - -> Half an hour.");
        assertThat(replayed(CLOSED, Duration.ofDays(1))).isEmpty();
        deskSays("conversation.closed", "c1", "");
        TestGateway.await("the closing", () -> conversation().status() == Conversation.State.CLOSED);
        assertThat(replayed(CLOSED, Duration.ofDays(1)))
                .containsExactly("m2 closed: reply - -> thanks", "m2 closed: tags - -> done");
        assertThat(replayed(SILENCE, Duration.ofMinutes(31))).isEmpty();
    }

    /** The differences that rules which wait for nothing but this make, each after the message that it followed. */
    private List<String> replayed(String rules, Duration later) {
        RuleBook other = book(rules + "  - {name: Always, tags: [seen]}\n");
        Account shop = test.gateway.setup().accounts().channels().get("shop").account();
        RuleBook now = book("rules: [{name: a, tags: [seen]}]");
        return new RuleComparison(test.gateway.store())
                        .compare(
                                id -> Optional.of(shop),
                                "desk",
                                Instant.EPOCH,
                                now,
                                other,
                                TriggerReplay.of(
                                        now, other, test.clock.instant().plus(later)),
                                RuleComparison.Bounds.NONE)
                        .differences()
                        .stream()
                        .flatMap(one -> one.changes().stream().map(change -> text(one.message()) + " " + change))
                        .toList();
    }

    private String text(String id) {
        Message message =
                test.gateway.store().read(tx -> tx.messages().find(id)).orElseThrow();
        return ((Part.Text) message.parts().get(0)).text();
    }

    private void start(String rules) throws Exception {
        test = new TestGateway(data, book(rules), channel, desk, setup -> setup);
    }

    private static RuleBook book(String rules) {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                RuleFiles.of(
                        Yaml.read("rules.yaml", rules, problems).orElseThrow(),
                        Yaml.read("replies.yaml", REPLIES, problems).orElseThrow(),
                        null),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.all()).isEmpty();
        return book;
    }

    private void writes(String text) {
        assertThat(test.post("[{\"id\":\"" + text + "\",\"from\":\"ana\",\"text\":\"" + text + "\"}]"))
                .isEqualTo(200);
        TestGateway.await(text, () -> texts(messages()).contains(text));
    }

    private void deskSays(String type, String key, String more) {
        assertThat(test.postDesk("[{\"type\":\"" + type + "\",\"key\":\"" + key
                        + "\",\"at\":\"2026-11-21T10:00:00.000Z\",\"conversation\":\""
                        + conversation().id() + "\"" + more + "}]"))
                .isEqualTo(200);
    }

    private List<String> sent() {
        return texts(
                channel.sent.stream().map(one -> ((ToCustomer) one).parts()).toList(), 0);
    }

    private static List<String> texts(List<List<Part>> parts, int first) {
        return parts.stream().map(one -> ((Part.Text) one.get(first)).text()).toList();
    }

    private static List<String> texts(List<Message> messages) {
        return texts(messages.stream().map(Message::parts).toList(), 0);
    }

    private List<Message> messages() {
        return test.gateway
                .store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 1).stream()
                        .flatMap(one -> tx.messages().of(one.id(), 0, 100).stream())
                        .toList());
    }

    private Conversation conversation() {
        return test.gateway
                .store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 1))
                .get(0);
    }

    private List<Timer> timers() {
        return test.gateway.store().read(tx -> tx.timers().of(conversation().id()));
    }

    private String event(Timer timer) {
        return test.gateway
                .store()
                .read(tx -> tx.events().find("shop", "timer:" + timer.id()))
                .map(found -> Objects.toString(found.reason(), ""))
                .orElse("");
    }

    private String explained(String id) {
        Explain explain = new Explain(test.gateway.store(), source -> false, desk -> false, name -> null);
        return StoryText.of(explain.story(id).orElseThrow());
    }
}
