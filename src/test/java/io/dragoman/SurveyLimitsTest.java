// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.http.server.SurveyLinks;
import io.dragoman.model.Conversation;
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
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets no survey, and what is no answer to one. */
final class SurveyLimitsTest {
    private static final String SURVEYS =
            "surveys: {happy: {kind: csat, text: Content?, comment: Why?, after: 10m, expires: 7d}}";
    private static final String RULES = "rules: [{name: Told, on: survey, tags: [told]}]";

    @TempDir
    private Path data;

    private TestGateway test;
    private int keys;

    @BeforeEach
    void start() throws Exception {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(
                        Yaml.read("rules.yaml", RULES, problems).orElseThrow(),
                        null,
                        null,
                        null,
                        List.of(),
                        Yaml.read("surveys.yaml", SURVEYS, problems).orElseThrow()),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.all()).isEmpty();
        test = new TestGateway(data, book);
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void publicConversationShouldGetNone() {
        served("public:77");
        test.clock.move(Duration.ofMinutes(11));
        TestGateway.await("its end", () -> reasons().contains("everybody can read the conversation"));
        assertThat(asked()).isZero();
    }

    @Test
    void conversationThatWasRatedShouldGetNone() {
        served("ana");
        test.gateway.store().writeAndWait(tx -> {
            Conversations.Versioned found =
                    tx.conversations().find(conversation().id()).orElseThrow();
            Conversation rated = found.conversation()
                    .change()
                    .attributes(Map.of("csat", "5"))
                    .build();
            tx.conversations().update(rated, found.version());
            return true;
        });
        test.clock.move(Duration.ofMinutes(11));
        TestGateway.await("its end", () -> reasons().contains("the customer has rated the conversation already"));
        assertThat(asked()).isZero();
    }

    @Test
    void sameScoreAgainShouldGiveRulesNoOtherTurn() {
        asks();
        writes("ana", "2", "");
        TestGateway.await("the rule", () -> turns() == 1);
        writes("ana", "2", "");
        assertThat(number("FROM timer WHERE kind='survey'") + turns() + number("FROM event WHERE state='NEW'"))
                .as("nothing more is to come")
                .isEqualTo(1);
        writes("ana", "3", "");
        TestGateway.await("the other score", () -> turns() == 2 && number("FROM timer") == 0);
        assertThat(conversation().status()).as("all were answers").isEqualTo(Conversation.State.CLOSED);
        assertThat(turns()).isEqualTo(2);
    }

    @Test
    void answerOnAnotherChannelShouldNotCount() throws Exception {
        String id = asks();
        sql("UPDATE survey SET account='other'");
        picks("ana", id);
        TestGateway.await("its end", () -> reasons().contains("no such survey was sent on this channel"));
        assertThat(sent(id).score()).isNull();
    }

    @Test
    void whatIsWrittenADayAfterTheScoreShouldBeAMessage() {
        String id = asks();
        writes("ana", "2", "");
        test.clock.move(Duration.ofHours(25));
        writes("ana", "you were slow", "");
        assertThat(sent(id).comment()).isNull();
        assertThat(conversation().status()).isEqualTo(Conversation.State.OPEN);
    }

    @Test
    void answerAfterItExpiredShouldBeAMessage() {
        String id = asks();
        test.clock.move(Duration.ofDays(8));
        writes("ana", "4", "");
        assertThat(sent(id).score()).isNull();
        assertThat(conversation().status()).isEqualTo(Conversation.State.OPEN);
    }

    @Test
    void somebodyElsesPickShouldNotCount() {
        String id = asks();
        writes("bob", "hello", "");
        picks("bob", id);
        assertThat(sent(id).score()).isNull();
        picks("ana", id);
        assertThat(sent(id).score()).isEqualTo(1);
    }

    @Test
    void whatAMachineWritesShouldBeNoAnswer() {
        String id = asks();
        writes("ana", "2", ",\"automatic\":\"an out-of-office mail\"");
        assertThat(sent(id).score()).isNull();
    }

    @Test
    void pageOfAnotherScaleShouldBeGone() throws Exception {
        String id = asks();
        String page = new SurveyLinks(test.gateway.setup().key())
                .link(URI.create("http://127.0.0.1:" + test.gateway.publicPort()), id);
        assertThat(status(page)).isEqualTo(200);
        sql("UPDATE survey SET scale='1-7'");
        assertThat(status(page)).isEqualTo(410);
    }

    private static int status(String page) {
        return TestGateway.send(HttpRequest.newBuilder(URI.create(page)).build())
                .statusCode();
    }

    /** A conversation that was served and asked; gives the survey's id. */
    private String asks() {
        served("ana");
        test.clock.move(Duration.ofMinutes(11));
        TestGateway.await("the survey", () -> asked() == 1);
        return test.gateway
                .store()
                .read(tx -> tx.surveys().of(conversation().id()))
                .get(0)
                .id();
    }

    private void served(String who) {
        writes(who, "hello", "");
        deskSays("agent.replied", ",\"parts\":[{\"type\":\"text\",\"text\":\"answer\"}],\"author\":\"Mara\"");
        deskSays("conversation.closed", "");
        TestGateway.await("the closing", () -> conversation().status() == Conversation.State.CLOSED);
    }

    private void deskSays(String type, String more) {
        assertThat(test.postDesk("[{\"type\":\"" + type + "\",\"key\":\"d" + ++keys
                        + "\",\"at\":\"2026-11-21T10:00:00.000Z\",\"conversation\":\""
                        + conversation().id() + "\"" + more + "}]"))
                .isEqualTo(200);
    }

    private void writes(String who, String text, String more) {
        brings(who, "{\"type\":\"text\",\"text\":\"" + text + "\"}", more);
    }

    /** The least score. */
    private void picks(String who, String survey) {
        brings(who, "{\"type\":\"choice\",\"id\":\"survey:" + survey + ":1\",\"title\":\"x\"}", "");
    }

    private void brings(String who, String part, String more) {
        String key = "k" + ++keys;
        String event = """
                [{"type":"message.received","key":"%1$s","at":"2026-11-21T10:00:00.000Z","sender":{"address":"%2$s",
                "identities":[{"type":"test","value":"%2$s","verified":true}]},"externalId":"%1$s","parts":[%3$s],
                "threading":{"references":[]}%4$s}]""";
        assertThat(test.post(event.formatted(key, who, part, more))).isEqualTo(200);
        TestGateway.await("its end", () -> test.gateway
                .store()
                .read(tx -> tx.events().find("shop", key))
                .filter(one -> one.doneAt() != null)
                .isPresent());
    }

    private Conversation conversation() {
        return test.gateway
                .store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 1))
                .get(0);
    }

    private Sent sent(String id) {
        return test.gateway.store().read(tx -> tx.surveys().find(id)).orElseThrow();
    }

    private long asked() {
        return List.copyOf(test.channel.sent).stream()
                .map(one -> ((ToCustomer) one).parts().get(0))
                .filter(part -> Objects.toString(part instanceof Part.Text words ? words.text() : "")
                        .startsWith("Content?"))
                .count();
    }

    /** How often rules that wait for scores had their turn. */
    private long turns() {
        return number("FROM event WHERE type='timer.fired' AND state<>'NEW' AND content LIKE '%\"kind\":\"survey\"%'");
    }

    private long number(String what) {
        return TestStore.sqlite(data).number("SELECT count(*) " + what);
    }

    private String reasons() {
        return TestStore.sqlite(data).text("SELECT group_concat(reason) FROM event WHERE reason IS NOT NULL");
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = TestStore.sqlite(data).connect()) {
            connection.createStatement().execute(statement);
        }
    }
}
