// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.simulator.ga4.Ga4Simulator;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Deliveries.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Events that Google Analytics is told of, in a whole gateway: each once, of nobody, unless that customer consents. */
final class CountedEventsTest {
    private static final String ALL =
            "conversation.opened conversation.closed message.received message.sent survey.answered order.changed";

    @TempDir
    private Path data;

    private CountedGateway shop;

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void everyChosenEventShouldBeToldOnceAndInOrder() throws Exception {
        start(Map.of("events", ALL));
        shop.writes("hello");
        shop.act("messages", "{\"text\":\"here you are\"}");
        TestGateway.await("the answer", () -> shop.events().contains("message_sent"));
        shop.act("close", null);
        TestGateway.await("its end", () -> shop.events().contains("conversation_closed"));
        shop.rates(2);
        shop.rates(2);
        TestGateway.await("the score", () -> shop.events().contains("survey_answered"));
        shop.order("paid");
        TestGateway.await("the order", () -> shop.events().contains("order_changed"));
        shop.writes("me again");
        TestGateway.await(
                "that it is open again",
                () -> shop.events().stream()
                                .filter("conversation_opened"::equals)
                                .count()
                        == 2);
        assertThat(shop.events())
                .containsExactly(
                        "conversation_opened",
                        "message_received",
                        "message_sent",
                        "conversation_closed",
                        "survey_answered",
                        "order_changed",
                        "message_received",
                        "conversation_opened");
        assertThat(shop.google.hits()).allMatch(Ga4Simulator.Hit::counted);
        assertThat(shop.param("conversation_opened", "opened")).containsExactly("new", "again");
        assertThat(shop.param("message_sent", "author")).containsExactly("agent");
        assertThat(shop.param("survey_answered", "score")).containsExactly("2");
        assertThat(shop.param("order_changed", "status")).containsExactly("paid");
    }

    @Test
    void answersOfSurveysAndPollsShouldBeToldWithoutTheirWords() throws Exception {
        start(Map.of("events", "survey.answered poll.answered"));
        shop.writes("lunch");
        TestGateway.await("the poll", () -> !shop.test.channel.sent.isEmpty());
        shop.writes("pasta");
        TestGateway.await("its answer", () -> shop.events().contains("poll_answered"));
        shop.act("messages", "{\"text\":\"here you are\"}");
        TestGateway.await("the answer", () -> shop.test.channel.sent.size() == 2);
        shop.act("close", null);
        TestGateway.await("its end", () -> shop.test
                .admin(CountedGateway.API + "conversations")
                .at("/conversations/0/status")
                .asText()
                .equals("closed"));
        shop.test.clock.move(Duration.ofMinutes(11));
        TestGateway.await("the survey", () -> shop.test.channel.sent.size() == 3);
        shop.writes("2");
        TestGateway.await("the score", () -> shop.events().contains("survey_answered"));
        shop.writes("2");
        assertThat(shop.deliveries()).as("the same score is told once").hasSize(2);
        assertThat(shop.events()).containsExactly("poll_answered", "survey_answered");
        assertThat(shop.param("poll_answered", "poll")).containsExactly("lunch");
        assertThat(shop.param("survey_answered", "survey")).containsExactly("happy");
        assertThat(shop.param("survey_answered", "score")).containsExactly("2");
        assertThat(shop.google.hits()).noneMatch(hit -> hit.body().contains("asta"));
    }

    @Test
    void onlyChosenEventsShouldBeTold() throws Exception {
        start(Map.of());
        shop.writes("hello");
        shop.act("messages", "{\"text\":\"here you are\"}");
        TestGateway.await("the answer", () -> !shop.test.channel.sent.isEmpty());
        shop.act("close", null);
        TestGateway.await("its end", () -> shop.events().contains("conversation_closed"));
        assertThat(shop.events()).containsExactly("conversation_opened", "conversation_closed");
    }

    @Test
    void nothingOfACustomerShouldLeaveWithoutConsent() throws Exception {
        start(Map.of("events", ALL));
        shop.writes("the secret word");
        String contact = shop.contact();
        shop.act("messages", "{\"text\":\"our secret word\"}");
        TestGateway.await("the answer", () -> shop.events().contains("message_sent"));
        assertThat(shop.google.hits()).hasSize(3).allSatisfy(hit -> {
            assertThat(hit.body())
                    .doesNotContain(
                            "ana",
                            "Ana",
                            "Kapanadze",
                            "secret word",
                            contact,
                            shop.conversation(),
                            "user_id",
                            "GRANTED")
                    .contains("\"ad_user_data\":\"DENIED\"");
            assertThat(hit.json().path("client_id").asText()).matches("[0-9a-f]{32}");
        });
        for (Deliveries.Stored delivery : shop.deliveries()) {
            assertThat(delivery.payload())
                    .doesNotContain("ana", "Kapanadze", "secret word", contact, shop.conversation());
        }
    }

    @Test
    void whoConsentsShouldBeTheSameInEveryConversationAndWhoOptsOutNobodyAgain() throws Exception {
        start(Map.of("events", "message.received"));
        shop.writes("one");
        assertThat(shop.consent(true)).isEqualTo(200);
        shop.writes("two");
        TestGateway.await("two", () -> shop.google.hits().size() == 2);
        shop.google.answerNext(503, Map.of(), "");
        shop.writes("three");
        TestGateway.await("that it waits", () -> shop.states(State.RETRY) == 1);
        assertThat(shop.consent(false)).isEqualTo(200);
        shop.test.clock.move(Duration.ofMinutes(5));
        TestGateway.await("three", () -> shop.google.hits().size() == 3);
        List<JsonNode> told =
                shop.google.hits().stream().map(Ga4Simulator.Hit::json).toList();
        assertThat(told.get(0).has("user_id")).isFalse();
        assertThat(told.get(1).path("user_id").asText())
                .isNotEmpty()
                .isEqualTo(told.get(1).path("client_id").asText())
                .isNotEqualTo(told.get(0).path("client_id").asText());
        assertThat(told.get(2).has("user_id"))
                .as("it was queued before, and sent after the opt-out")
                .isFalse();
        assertThat(told.get(2).path("client_id")).isEqualTo(told.get(0).path("client_id"));
    }

    @Test
    void whileGoogleIsAwayEventsShouldWaitAndThenBeToldOnceEach() throws Exception {
        start(Map.of("events", "message.received"));
        shop.google.goAway();
        for (String text : List.of("one", "two", "three")) {
            shop.writes(text);
        }
        TestGateway.await(
                "that the first waits",
                () -> shop.waiting() == 3 && shop.deliveries().stream().anyMatch(one -> one.state() == State.RETRY));
        shop.google.comeBack();
        shop.test.clock.move(Duration.ofHours(2));
        TestGateway.await("all", () -> shop.states(State.DELIVERED) == 3);
        assertThat(shop.google.hits()).hasSize(3).allMatch(Ga4Simulator.Hit::counted);
    }

    @Test
    void lostAnswerShouldBeUncertainAndNotRepeated() throws Exception {
        start(Map.of("events", "message.received"));
        shop.google.answerNext(500, Map.of(), "");
        shop.writes("one");
        TestGateway.await("the doubt", () -> shop.states(State.UNCERTAIN) == 1);
        shop.writes("two");
        TestGateway.await("the next", () -> shop.states(State.DELIVERED) == 1);
        assertThat(shop.google.hits()).hasSize(1);
        assertThat(shop.test.admin(CountedGateway.API + "dead").toString())
                .contains("\"what\":\"COUNT\"", "Google Analytics answered 500");
    }

    @Test
    void eventThatIsTooOldShouldBeDeadWithTheReason() throws Exception {
        start(Map.of("events", "message.received"));
        shop.google.answerNext(429, Map.of("Retry-After", "60"), "");
        shop.writes("one");
        TestGateway.await("that it waits", () -> shop.states(State.RETRY) == 1);
        shop.test.clock.move(Duration.ofHours(73));
        TestGateway.await("its end", () -> shop.states(State.DEAD) == 1);
        String id = shop.test
                .admin(CountedGateway.API + "dead")
                .at("/deadLetters/0/id")
                .asText();
        assertThat(shop.test
                        .admin("POST", CountedGateway.API + "dead/replay", "{\"id\":\"" + id + "\"}")
                        .statusCode())
                .isEqualTo(200);
        TestGateway.await("its end once more", () -> shop.test
                .admin(CountedGateway.API + "dead")
                .toString()
                .contains("the event is older than the 72 hours that can be dated back"));
        assertThat(shop.google.hits()).isEmpty();
    }

    @Test
    void whatWaitsShouldGoWithThePerson() throws Exception {
        start(Map.of("events", "message.received"));
        shop.google.goAway();
        shop.writes("one");
        TestGateway.await("that it waits", () -> shop.waiting() == 1);
        assertThat(shop.test
                        .admin("POST", CountedGateway.API + "contacts/" + shop.contact() + "/erase", "{}")
                        .statusCode())
                .isEqualTo(202);
        TestGateway.await(
                "the erasure",
                () -> shop.test.gateway.store().read(tx -> tx.erasures().open()).isEmpty());
        shop.google.comeBack();
        assertThat(shop.deliveries()).singleElement().satisfies(one -> {
            assertThat(one.state()).isEqualTo(State.CANCELLED);
            assertThat(one.payload()).isEqualTo("{}");
        });
        shop.test.clock.move(Duration.ofHours(1));
        shop.writes("somebody new");
        TestGateway.await("the next", () -> shop.google.hits().size() == 1);
        assertThat(shop.states(State.CANCELLED)).isEqualTo(1);
    }

    @Test
    void secretShouldBeInNoLogLine() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.DEBUG);
        try {
            start(Map.of("events", "message.received"));
            shop.google.answerNext(500, Map.of(), "");
            shop.writes("one");
            TestGateway.await("the doubt", () -> shop.states(State.UNCERTAIN) == 1);
            shop.google.answerNext(503, Map.of(), "");
            shop.writes("two");
            TestGateway.await("that it waits", () -> shop.states(State.RETRY) == 1);
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
        }
        List<String> lines = List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
        assertThat(lines).anyMatch(line -> line.contains("COUNT to web"));
        assertThat(lines).noneMatch(line -> line.contains("simulated-api-secret-22"));
    }

    private void start(Map<String, String> settings) throws Exception {
        shop = new CountedGateway(data, settings);
    }
}
