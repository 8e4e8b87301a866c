// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.model.Conversation;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.Conversations;
import io.dragoman.store.Polls.Answer;
import io.dragoman.store.Polls.Asked;
import io.dragoman.store.TestStore;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A poll and a form that rules ask, in a whole gateway. */
final class PollsTest {
    private static final String POLLS = """
            polls:
              lunch:
                text: Pizza or pasta?
                choices: [Pizza, Pasta]
                right: Pasta
                ifRight: Right!
                ifWrong: Wrong!
                thanks: Thank you!
                expires: 2d
                attribute: lunch
              order:
                questions:
                  size: {text: Which size?, choices: [S, M, L], attribute: size, contactAttribute: size}
                  count: {text: How many?, kind: number, min: 1, max: 20}
                  more: {text: Anything else?, contactAttribute: remark}
                thanks: Noted.
                again: A number please.
            """;

    private static final String RULES = """
            rules:
              - {name: Lunch, when: {text: lunch}, ask: lunch}
              - {name: Order, when: {text: order}, ask: order}
              - {name: Liked, on: poll, when: {conversation: {attributes: {lunch: Pasta}}}, priority: urgent}
              - {name: Counted, on: poll, tags: [polled]}
              - {name: Closed, on: closed, ask: lunch}
            """;

    @TempDir
    private Path data;

    private final TestChannel channel = new TestChannel();
    private final TestDesk desk = new TestDesk();
    private TestGateway test;
    private int keys;

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void answerShouldBeNoMessageAndTheLastShouldCount() throws Exception {
        start(RULES);
        writes("lunch?");
        TestGateway.await("the poll", () -> said("Pizza or pasta?\n1. Pizza\n2. Pasta") == 1);
        writes("۱");
        TestGateway.await("the end", () -> said("Wrong!\n\nThank you!") == 1);
        assertThat(conversation().attributes()).containsEntry("lunch", "Pizza");
        TestGateway.await("the rule", () -> conversation().tags().contains("polled"));
        assertThat(conversation().priority()).isNotEqualTo(Conversation.Priority.URGENT);
        writes("pasta");
        TestGateway.await("the other rule", () -> conversation().priority() == Conversation.Priority.URGENT);
        assertThat(answers()).singleElement().satisfies(one -> {
            assertThat(one.value()).isEqualTo("Pasta");
            assertThat(one.correct()).isTrue();
        });
        assertThat(said("Thank you!")).as("a changed answer is thanked once").isZero();
        assertThat(messages()).as("answers are no messages").isEqualTo(1);
        assertThat(told())
                .contains("The customer answered the poll lunch: Pizza", "The customer answered the poll lunch: Pasta");
        writes("lunch again");
        TestGateway.await("a message", () -> messages() == 2);
        assertThat(said("Pizza or pasta?\n1. Pizza\n2. Pasta"))
                .as("it is asked once")
                .isEqualTo(1);
        assertThat(explained()).contains("is not asked: the contact was asked it already");
    }

    @Test
    void formShouldAskOneAfterTheOtherAndOnceAgain() throws Exception {
        start(RULES);
        writes("I want to order");
        TestGateway.await("the first", () -> said("Which size?\n1. S\n2. M\n3. L") == 1);
        picks("poll:" + asked().get(0).id() + ":0:2");
        TestGateway.await("the second", () -> said("How many?") == 1);
        writes("what do you mean");
        TestGateway.await("it again", () -> said("A number please.\n\nHow many?") == 1);
        assertThat(messages()).as("what is no answer is a message").isEqualTo(2);
        writes("no idea");
        TestGateway.await("a message", () -> messages() == 3);
        assertThat(said("A number please.\n\nHow many?")).as("once").isEqualTo(1);
        writes("３");
        TestGateway.await("the third", () -> said("Anything else?") == 1);
        picks("poll:" + asked().get(0).id() + ":0:3");
        writes("as soon\\n as possible");
        TestGateway.await("the end", () -> said("Noted.") == 1);
        assertThat(answers().stream().map(Answer::value)).containsExactlyInAnyOrder("L", "3", "as soon\n as possible");
        assertThat(conversation().attributes()).containsEntry("size", "L");
        assertThat(test
                        .gateway
                        .store()
                        .read(tx -> tx.attributes().of(conversation().contact()))
                        .stream()
                        .map(one -> one.name() + "=" + one.value() + " " + one.source()))
                .containsExactly("remark=as soon as possible poll", "size=L poll");
        TestGateway.await("the rule", () -> conversation().tags().contains("polled"));
        JsonNode results = test.admin("/api/v1/polls/order");
        assertThat(results.path("done").asInt()).isEqualTo(1);
        assertThat(results.at("/questions/0/counts/0/value").asText()).isEqualTo("L");
        assertThat(results.at("/questions/1/mean").asDouble()).isEqualTo(3.0);
        assertThat(results.toString()).as("texts are not in results").doesNotContain("as soon as");
        assertThat(test.admin("/api/v1/polls").at("/polls/0/name").asText()).isEqualTo("order");
    }

    @Test
    void writtenAnswersShouldEndWhereSomebodyElseWroteAndWhatIsPickedWithThePoll() throws Exception {
        start(RULES);
        writes("lunch?");
        TestGateway.await("the poll", () -> !asked().isEmpty());
        deskSays("agent.replied", ",\"parts\":[{\"type\":\"text\",\"text\":\"1 or 2 people?\"}],\"author\":\"Mara\"");
        TestGateway.await("the agent", () -> said("1 or 2 people?") == 1);
        writes("2");
        TestGateway.await("a message", () -> messages() == 2);
        assertThat(answers()).isEmpty();
        String id = asked().get(0).id();
        picks("poll:" + id + ":0:2");
        TestGateway.await("the answer", () -> answers().size() == 1);
        picks("poll:" + id + ":0:9");
        picks("poll:other:0:1");
        TestGateway.await("messages", () -> messages() == 4);
        test.clock.move(Duration.ofDays(3));
        picks("poll:" + id + ":0:1");
        TestGateway.await("a message, for it expired", () -> messages() == 5);
        assertThat(answers()).singleElement().extracting(Answer::value).isEqualTo("Pasta");
    }

    @Test
    void sameAnswerTwiceShouldCountOnce() throws Exception {
        start(RULES);
        writes("lunch?");
        TestGateway.await("the poll", () -> !asked().isEmpty());
        String choice = "{\"type\":\"choice\",\"id\":\"poll:" + asked().get(0).id() + ":0:2\",\"title\":\"x\"}";
        String key = key();
        assertThat(test.post(received(key, choice, ""))).isEqualTo(200);
        TestGateway.await("its end", () -> ended(key));
        assertThat(test.post(received(key, choice, "")))
                .as("the provider says it again")
                .isEqualTo(200);
        picks("poll:" + asked().get(0).id() + ":0:2");
        TestGateway.await("the end", () -> said("Right!\n\nThank you!") == 1);
        assertThat(test.admin("/api/v1/polls/lunch")
                        .at("/questions/0/counts/0/contacts")
                        .asInt())
                .isEqualTo(1);
        JsonNode report = test.admin("/api/v1/report/polls");
        assertThat(report.at("/polls/0/questions/0/counts/1").toString())
                .as("what nobody picked")
                .isEqualTo("{\"value\":\"Pizza\",\"correct\":false,\"contacts\":0}");
        String before = "/api/v1/report/polls?until=" + test.clock.instant().minus(Duration.ofDays(1));
        assertThat(test.admin(before).path("polls")).isEmpty();
        assertThat(answers()).hasSize(1);
        assertThat(messages()).as("answers are no messages").isEqualTo(1);
        TestGateway.await("word at the desk", () -> told().contains("The customer answered the poll lunch: Pasta"));
        assertThat(told())
                .filteredOn(one -> one.startsWith("The customer answered"))
                .hasSize(1);
        assertThat(TestStore.sqlite(data).text("SELECT count(*) FROM event WHERE key='" + key + "'"))
                .isEqualTo("1");
    }

    @Test
    void optingOutShouldWin() throws Exception {
        start(RULES);
        writes("lunch?");
        TestGateway.await("the poll", () -> !asked().isEmpty());
        String key = key();
        assertThat(test.post(received(key, "{\"type\":\"text\",\"text\":\"2\"}", ",\"consent\":\"opted-out\"")))
                .isEqualTo(200);
        TestGateway.await("a message", () -> messages() == 2);
        assertThat(answers()).isEmpty();
    }

    @Test
    void answerShouldOpenNothingAndQuietHoursShouldPutThePollOff() throws Exception {
        LocalTime now = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        start(RULES + "quiet: {hours: \"" + now.minusHours(1) + "-" + now.plusHours(2) + "\"}\n");
        writes("hello");
        deskSays("conversation.closed", "");
        TestGateway.await("the closing", () -> conversation().status() == Conversation.State.CLOSED);
        TestGateway.await("the timer", () -> test.gateway
                .store()
                .<Boolean>read(tx -> tx.timers().of(conversation().id()).stream()
                        .anyMatch(one -> one.kind().equals("ask-poll"))));
        assertThat(asked()).isEmpty();
        test.clock.move(Duration.ofHours(3));
        TestGateway.await("the poll", () -> !asked().isEmpty());
        writes("1");
        TestGateway.await("the answer", () -> answers().size() == 1);
        assertThat(conversation().status()).isEqualTo(Conversation.State.CLOSED);
    }

    private void start(String rules) throws Exception {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(
                        Yaml.read("rules.yaml", rules, problems).orElseThrow(),
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        Yaml.read("polls.yaml", POLLS, problems).orElseThrow(),
                        null),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.all()).isEmpty();
        test = new TestGateway(data, book, channel, desk, setup -> setup);
    }

    private void writes(String text) {
        String key = key();
        assertThat(test.post("[{\"id\":\"" + key + "\",\"from\":\"ana\",\"text\":\"" + text + "\"}]"))
                .isEqualTo(200);
        TestGateway.await("its end", () -> ended(key));
    }

    private void picks(String choice) {
        String key = key();
        assertThat(test.post(received(key, "{\"type\":\"choice\",\"id\":\"" + choice + "\",\"title\":\"x\"}", "")))
                .isEqualTo(200);
        TestGateway.await("its end", () -> ended(key));
    }

    private static String received(String key, String part, String more) {
        return "[{\"type\":\"message.received\",\"key\":\"" + key + "\",\"at\":\"2026-11-21T10:00:00.000Z\","
                + "\"sender\":{\"address\":\"ana\",\"identities\":[{\"type\":\"test\",\"value\":\"ana\",\"verified\":true}]},"
                + "\"externalId\":\"" + key + "\",\"parts\":[" + part + "],\"threading\":{\"references\":[]}" + more
                + "}]";
    }

    private boolean ended(String key) {
        return test.gateway
                .store()
                .read(tx -> tx.events().find("shop", key))
                .filter(event -> event.doneAt() != null)
                .isPresent();
    }

    private String key() {
        return "k" + keys++;
    }

    private void deskSays(String type, String more) {
        assertThat(test.postDesk("[{\"type\":\"" + type + "\",\"key\":\"" + key()
                        + "\",\"at\":\"2026-11-21T10:00:00.000Z\",\"conversation\":\""
                        + conversation().id() + "\"" + more + "}]"))
                .isEqualTo(200);
    }

    private long said(String text) {
        return channel.sent.stream()
                .map(one -> ((ToCustomer) one).parts().get(0))
                .filter(part -> part instanceof Part.Text words && words.text().equals(text))
                .count();
    }

    private List<String> told() {
        return desk.sent.stream()
                .map(one -> ((ToDesk) one).notice().data().detail())
                .filter(Objects::nonNull)
                .toList();
    }

    private List<Asked> asked() {
        return test.gateway.store().read(tx -> tx.polls().of(conversation().id()));
    }

    private List<Answer> answers() {
        return test.gateway.store().read(tx -> tx.polls().answers(asked().get(0).id()));
    }

    private long messages() {
        return test.gateway
                .store()
                .<Long>read(tx -> tx.messages().of(conversation().id(), 0, 100).stream()
                        .filter(one -> one.direction() == Message.Direction.IN)
                        .count());
    }

    private String explained() {
        return TestStore.sqlite(data).text("SELECT group_concat(content) FROM decision");
    }

    private Conversation conversation() {
        return test.gateway
                .store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 1))
                .get(0);
    }
}
