// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.http.server.SurveyLinks;
import io.dragoman.model.Conversation;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.Conversations;
import io.dragoman.store.Surveys.Sent;
import io.dragoman.store.TestStore;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/** A survey after closing, in a whole gateway. */
final class SurveysTest {
    private static final String CSAT = """
            surveys:
              happy:
                kind: csat
                text: Content?
                comment: What can we do better?
                thanks: Thank you!
                after: 10m
            """;

    private static final String RULES = """
            rules:
              - {name: Greets, reply: hello}
              - {name: Unhappy, on: survey, when: {conversation: {attributes: {csat: ["1", "2"]}}}, priority: urgent}
              - {name: Known, on: contact, when: {contact: {attributes: {csat: "2"}}}, tags: [was-unhappy]}
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
    void closedConversationShouldGetItAfterADelayAndItsAnswerShouldBeNoMessage() throws Exception {
        start(RULES, CSAT);
        served();
        assertThat(surveys()).isEmpty();
        test.clock.move(Duration.ofMinutes(11));
        TestGateway.await("the survey", () -> asked() == 1);
        writes("۲");
        TestGateway.await("the question for a comment", () -> said("What can we do better?") == 1);
        assertThat(conversation().status()).isEqualTo(Conversation.State.CLOSED);
        assertThat(conversation().attributes()).containsEntry("csat", "2");
        assertThat(ofContact()).containsExactly("csat=2 survey");
        TestGateway.await("the rule", () -> conversation().priority() == Conversation.Priority.URGENT);
        TestGateway.await("that of the contact", () -> conversation().tags().contains("was-unhappy"));
        TestGateway.await("the contact at the desk", () -> desk.sent.stream()
                .map(one -> ((ToDesk) one).notice().data().contact())
                .anyMatch(one -> "2".equals(one.attributes().get("csat"))));
        writes("you were slow");
        TestGateway.await("the thanks", () -> said("Thank you!") == 1);
        assertThat(conversation().attributes()).containsEntry("csatComment", "you were slow");
        assertThat(conversation().status()).isEqualTo(Conversation.State.CLOSED);
        Sent sent = surveys().get(0);
        assertThat(sent.score()).isEqualTo(2);
        assertThat(sent.comment()).isEqualTo("you were slow");
        assertThat(sent.agent()).isEqualTo("Mara");
        assertThat(sent.deliveredAt()).isNotNull();
        assertThat(told()).contains("The customer answered the survey happy with 2 of 1-5.");
        assertThat(said("hello")).as("the answer is answered by no rule").isEqualTo(1);
    }

    @Test
    void lastAnswerShouldCountAndAPickedOneWheneverItComes() throws Exception {
        start(RULES, CSAT);
        served();
        test.clock.move(Duration.ofMinutes(11));
        TestGateway.await("the survey", () -> asked() == 1);
        String id = surveys().get(0).id();
        writes("4");
        TestGateway.await("the answer", () -> Objects.equals(surveys().get(0).score(), 4));
        writes("5");
        TestGateway.await("the other", () -> Objects.equals(surveys().get(0).score(), 5));
        writes("I have another question?");
        TestGateway.await("the message", () -> conversation().status() == Conversation.State.OPEN);
        writes("3");
        TestGateway.await("a message, for the conversation is open", () -> said("hello") >= 1 && messages() == 3);
        assertThat(surveys().get(0).score()).isEqualTo(5);
        picks("survey:" + id + ":1");
        TestGateway.await(
                "the picked one", () -> Objects.equals(surveys().get(0).score(), 1));
        picks("survey:" + id + ":9");
        picks("survey:other:1");
        TestGateway.await("messages like others", () -> messages() == 5);
        assertThat(surveys().get(0).score()).isEqualTo(1);
    }

    @Test
    void stopShouldWin() throws Exception {
        start(RULES, CSAT);
        served();
        test.clock.move(Duration.ofMinutes(11));
        TestGateway.await("the survey", () -> asked() == 1);
        String key = key();
        assertThat(test.post(
                        "[{\"type\":\"message.received\",\"key\":\"" + key + "\",\"at\":\"2026-11-21T10:00:00.000Z\","
                                + "\"sender\":{\"address\":\"ana\",\"identities\":[{\"type\":\"test\",\"value\":\"ana\",\"verified\":true}]},"
                                + "\"externalId\":\"" + key + "\",\"parts\":[{\"type\":\"text\",\"text\":\"2\"}],"
                                + "\"threading\":{\"references\":[]},\"consent\":\"opted-out\"}]"))
                .isEqualTo(200);
        TestGateway.await("the message", () -> conversation().status() == Conversation.State.OPEN);
        assertThat(surveys().get(0).score()).isNull();
    }

    @Test
    void skippedSurveyShouldSayWhy() throws Exception {
        start("rules: [{name: a, tags: [x]}]", CSAT);
        writes("m1");
        closes();
        test.clock.move(Duration.ofMinutes(11));
        TestGateway.await(
                "its end", () -> reasons().contains("the survey is not sent: no person has answered the customer"));
        served();
        test.clock.move(Duration.ofMinutes(11));
        TestGateway.await("the survey", () -> asked() == 1);
        served();
        test.clock.move(Duration.ofMinutes(11));
        TestGateway.await(
                "its end", () -> reasons().contains("rated") || reasons().contains("(every)"));
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void openingAgainShouldCancelIt() throws Exception {
        start(RULES, CSAT);
        served();
        writes("and another thing");
        TestGateway.await("the message", () -> conversation().status() == Conversation.State.OPEN);
        assertThat(test.gateway.store().<Long>read(tx -> tx.timers().waiting())).isZero();
    }

    @Test
    void quietHoursShouldPutItOff() throws Exception {
        LocalTime now = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        start(RULES + "quiet: {hours: \"" + now.minusHours(1) + "-" + now.plusHours(2) + "\"}\n", CSAT);
        served();
        test.clock.move(Duration.ofMinutes(11));
        TestGateway.await("its end", () -> reasons().contains("it is quiet where the customer is"));
        assertThat(asked()).isZero();
        test.clock.move(Duration.ofHours(2));
        TestGateway.await("the survey", () -> asked() == 1);
    }

    @Test
    void pageShouldRecordByItsFormAlone() throws Exception {
        start(RULES, CSAT);
        served();
        test.clock.move(Duration.ofMinutes(11));
        TestGateway.await("the survey", () -> asked() == 1);
        String id = surveys().get(0).id();
        String path = new SurveyLinks(test.gateway.setup().key())
                .link(URI.create("http://127.0.0.1:" + test.gateway.publicPort()), id);
        HttpResponse<String> page = page("GET", path + "?r=4", "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Content?", "value=\"4\" checked", "What can we do better?");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
        assertThat(surveys().get(0).score()).as("opening records nothing").isNull();
        assertThat(page("POST", path, "r=9").statusCode()).isEqualTo(422);
        String longest = "x".repeat(1_992);
        assertThat(page("POST", path, "r=4&comment=%3Cb%3Efine" + longest + "%F0%9F%91%8D")
                        .body())
                .contains("Thank you!");
        TestGateway.await("the answer", () -> Objects.equals(surveys().get(0).score(), 4));
        assertThat(surveys().get(0).comment())
                .as("not half of what a reader sees as one character")
                .isEqualTo("<b>fine" + longest);
        assertThat(said("Thank you!")).as("the page said it").isZero();
        assertThat(page("GET", path + "x", "").statusCode()).isEqualTo(404);
        assertThat(page("GET", path.replace(id, "other"), "").statusCode()).isEqualTo(404);
        assertThat(page("DELETE", path, "").statusCode()).isEqualTo(405);
        test.clock.move(Duration.ofDays(8));
        assertThat(page("POST", path, "r=1").statusCode()).isEqualTo(410);
    }

    private static HttpResponse<String> page(String method, String uri, String form) {
        return TestGateway.send(HttpRequest.newBuilder(URI.create(uri))
                .method(method, HttpRequest.BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .build());
    }

    private void start(String rules, String surveys) throws Exception {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(
                        Yaml.read("rules.yaml", rules, problems).orElseThrow(),
                        Yaml.read("replies.yaml", "replies: {hello: hello}", problems)
                                .orElseThrow(),
                        null,
                        null,
                        List.of(),
                        Yaml.read("surveys.yaml", surveys, problems).orElseThrow()),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.all()).isEmpty();
        test = new TestGateway(data, book, channel, desk, setup -> setup);
    }

    /** A customer writes, Mara answers and closes. */
    private void served() {
        writes("m" + keys);
        deskSays(
                "agent.replied",
                ",\"parts\":[{\"type\":\"text\",\"text\":\"answer " + keys + "\"}],\"author\":\"Mara\"");
        closes();
    }

    private void closes() {
        deskSays("conversation.closed", "");
        TestGateway.await("the closing", () -> conversation().status() == Conversation.State.CLOSED);
    }

    private void writes(String text) {
        String key = key();
        assertThat(test.post("[{\"id\":\"" + key + "\",\"from\":\"ana\",\"text\":\"" + text + "\"}]"))
                .isEqualTo(200);
        TestGateway.await("its end", () -> ended(key));
    }

    private void picks(String choice) {
        String key = key();
        assertThat(test.post(
                        "[{\"type\":\"message.received\",\"key\":\"" + key + "\",\"at\":\"2026-11-21T10:00:00.000Z\","
                                + "\"sender\":{\"address\":\"ana\",\"identities\":[{\"type\":\"test\",\"value\":\"ana\",\"verified\":true}]},"
                                + "\"externalId\":\"" + key + "\",\"parts\":[{\"type\":\"choice\",\"id\":\"" + choice
                                + "\",\"title\":\"x\"}],\"threading\":{\"references\":[]}}]"))
                .isEqualTo(200);
        TestGateway.await("its end", () -> ended(key));
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

    private long asked() {
        return channel.sent.stream()
                .map(one -> ((ToCustomer) one).parts().get(0))
                .filter(part -> part instanceof Part.Text words && words.text().startsWith("Content?\n1. 😡\n2. "))
                .count();
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

    private List<Sent> surveys() {
        return test.gateway.store().read(tx -> tx.surveys().of(conversation().id()));
    }

    private List<String> ofContact() {
        return test.gateway.store().read(tx -> tx.attributes().of(conversation().contact())).stream()
                .map(one -> one.name() + "=" + one.value() + " " + one.source())
                .toList();
    }

    private long messages() {
        return test.gateway
                .store()
                .<Long>read(tx -> tx.messages().of(conversation().id(), 0, 100).stream()
                        .filter(one -> one.direction() == Message.Direction.IN)
                        .count());
    }

    private String reasons() {
        return TestStore.sqlite(data).text("SELECT group_concat(reason) FROM event WHERE reason IS NOT NULL");
    }

    private Conversation conversation() {
        return test.gateway
                .store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 1))
                .get(0);
    }
}
