// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Limits;
import io.dragoman.model.Conversation;
import io.dragoman.model.Purpose;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.BotHandOvers.BotHandOver;
import io.dragoman.store.Consents.Source;
import io.dragoman.store.Consents.Statement;
import io.dragoman.store.Conversations;
import io.dragoman.store.TestStore;
import io.dragoman.store.Tx;
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
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A poll that waits for the end of quiet hours is looked at again before it is asked. */
final class WaitingPollTest {
    @TempDir
    private Path data;

    private TestGateway test;

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void whoWithdrewMeanwhileShouldNotBeAsked() throws Exception {
        start(new TestChannel());
        change((tx, at) -> tx.consents()
                .state(
                        "shop",
                        conversation().contact(),
                        new Statement(Purpose.SERVICE, false, Source.CHANNEL, "blocked us"),
                        at));
        assertSkipped("the customer opted out");
    }

    @Test
    void whoIsWithPeopleMeanwhileShouldNotBeAsked() throws Exception {
        start(new TestChannel());
        change((tx, at) -> tx.botHandOvers()
                .put(
                        conversation().id(),
                        new BotHandOver("bot", "desk", "asked for a person", Instant.ofEpochMilli(at))));
        assertSkipped("the conversation was handed over to people");
    }

    @Test
    @DisplayName("what was handed over before the poll was put off does not hold it up")
    void earlierHandOverShouldNotMatter() throws Exception {
        start(new TestChannel());
        change((tx, at) -> tx.botHandOvers()
                .put(
                        conversation().id(),
                        new BotHandOver(
                                "bot",
                                "desk",
                                "asked for a person",
                                Instant.ofEpochMilli(at).minus(Duration.ofHours(1)))));
        test.clock.move(Duration.ofHours(3));
        TestGateway.await("the poll", () -> test.gateway
                .store()
                .<Boolean>read(tx -> !tx.polls().of(conversation().id()).isEmpty()));
    }

    @Test
    void closedWindowShouldKeepIt() throws Exception {
        start(new TestChannel() {
            @Override
            public Limits limits(Account account) {
                return Limits.text(4000, Limits.Unit.UTF_16)
                        .replyWindow(Duration.ofHours(1))
                        .build();
            }
        });
        assertSkipped("the customer wrote too long ago");
    }

    private void assertSkipped(String why) {
        test.clock.move(Duration.ofHours(3));
        TestGateway.await("its end", () -> reasons().contains("the poll is not asked: "));
        assertThat(reasons()).contains("the poll is not asked: " + why);
        assertThat(test.gateway
                        .store()
                        .<Boolean>read(tx -> tx.polls().of(conversation().id()).isEmpty()))
                .isTrue();
    }

    /** Until a poll waits in the conversation of a customer. */
    private void start(TestChannel channel) throws Exception {
        LocalTime now = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        String rules = "rules: [{name: Closed, on: closed, ask: lunch}]\nquiet: {hours: \"" + now.minusHours(1) + "-"
                + now.plusHours(2) + "\"}\n";
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(
                        Yaml.read("rules.yaml", rules, problems).orElseThrow(),
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        Yaml.read("polls.yaml", "polls: {lunch: {text: Pizza?, choices: [Yes, No]}}", problems)
                                .orElseThrow(),
                        null),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.all()).isEmpty();
        test = new TestGateway(data, book, channel, new TestDesk(), setup -> setup);
        assertThat(test.post("[{\"id\":\"m\",\"from\":\"ana\",\"text\":\"hello\"}]"))
                .isEqualTo(200);
        TestGateway.await("the conversation", () -> !test.gateway.store().<Boolean>read(tx -> recent(tx)
                .isEmpty()));
        assertThat(test.postDesk(
                        "[{\"type\":\"conversation.closed\",\"key\":\"c\",\"at\":\"2026-11-21T10:00:00.000Z\",\"conversation\":\""
                                + conversation().id() + "\"}]"))
                .isEqualTo(200);
        TestGateway.await("the timer", () -> test.gateway
                .store()
                .<Boolean>read(tx -> tx.timers().of(conversation().id()).stream()
                        .anyMatch(one -> one.kind().equals("ask-poll"))));
    }

    private void change(BiConsumer<Tx, Long> change) {
        test.gateway.store().writeAndWait(tx -> {
            change.accept(tx, test.clock.millis());
            return true;
        });
    }

    private String reasons() {
        return TestStore.sqlite(data).text("SELECT coalesce(group_concat(reason), '') FROM event");
    }

    private Conversation conversation() {
        return test.gateway.store().read(WaitingPollTest::recent).get(0);
    }

    private static List<Conversation> recent(Tx tx) {
        return tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 1);
    }
}
