// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.ga4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.EventCounter.Subject;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.SelfTest.Check;
import io.dragoman.connector.SelfTest.Result;
import io.dragoman.model.CountedEvent;
import io.dragoman.model.Reason;
import io.dragoman.simulator.ga4.Ga4Simulator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events for Google Analytics 4, against a simulator that validates as Google's server does. */
final class Ga4Test {
    private static final Ga4 CHANNEL = new Ga4();
    private static final Subject NOBODY = new Subject("c-1", Instant.parse("2026-11-30T09:00:00Z"), null);
    private static final Subject ANA = new Subject("c-1", NOBODY.openedAt(), "p-1");

    private final Ga4Simulator google = new Ga4Simulator(0, Clock.systemUTC());

    @AfterEach
    void stop() {
        google.close();
    }

    @Test
    void everyEventShouldBeValidAndCounted() {
        for (CountedEvent.Type type : CountedEvent.Type.values()) {
            assertThat(count(event(type), NOBODY, Map.of())).isEqualTo(new Outcome.Sent(null));
        }
        assertThat(google.hits())
                .extracting(Ga4Simulator.Hit::event)
                .containsExactly(
                        "conversation_opened",
                        "conversation_closed",
                        "message_received",
                        "message_sent",
                        "survey_answered",
                        "poll_answered",
                        "order_changed");
        assertThat(google.hits()).allMatch(Ga4Simulator.Hit::counted);
        JsonNode params = google.hits().get(0).json().at("/events/0/params");
        assertThat(params.path("channel").asText()).isEqualTo("shop");
        assertThat(params.path("channel_kind").asText()).isEqualTo("telegram");
        assertThat(params.path("score").asInt()).isEqualTo(4);
        assertThat(params.path("session_id").asText()).isEqualTo("1796029200");
    }

    @Test
    void valueThatIsTooLongShouldBeCutAndStayValid() {
        CountedEvent event = new CountedEvent(
                CountedEvent.Type.MESSAGE_SENT,
                Instant.now(),
                "shop",
                "telegram",
                "x".repeat(99) + "😀",
                null,
                Map.of(),
                null);
        count(event, NOBODY, Map.of());
        assertThat(google.hits().get(0).counted()).isTrue();
        assertThat(google.hits().get(0).json().at("/events/0/params/team").asText())
                .isEqualTo("x".repeat(99));
    }

    @Test
    void pseudonymShouldLeadFromNoConversationToAnotherUnlessTheContactConsents() {
        Subject another = new Subject("c-2", NOBODY.openedAt(), null);
        Subject hers = new Subject("c-2", NOBODY.openedAt(), "p-1");
        for (Subject one : List.of(NOBODY, NOBODY, another, ANA, hers)) {
            count(event(CountedEvent.Type.CONVERSATION_OPENED), one, Map.of());
        }
        List<String> clients = google.hits().stream()
                .map(hit -> hit.json().path("client_id").asText())
                .toList();
        assertThat(clients.get(0)).hasSize(32).isEqualTo(clients.get(1)).isNotEqualTo(clients.get(2));
        assertThat(clients.get(3)).isEqualTo(clients.get(4)).isNotIn(clients.subList(0, 3));
        assertThat(google.hits().get(0).json().has("user_id")).isFalse();
        assertThat(google.hits().get(3).json().path("user_id").asText()).isEqualTo(clients.get(3));
    }

    @Test
    void advertisingShouldBeDeniedUnlessTheConsentIsToThatToo() {
        count(event(CountedEvent.Type.CONVERSATION_OPENED), NOBODY, Map.of("advertising", "true"));
        count(event(CountedEvent.Type.CONVERSATION_OPENED), ANA, Map.of());
        count(event(CountedEvent.Type.CONVERSATION_OPENED), ANA, Map.of("advertising", "true"));
        assertThat(google.hits().stream().map(hit -> hit.json().path("consent").toString()))
                .containsExactly(
                        "{\"ad_user_data\":\"DENIED\",\"ad_personalization\":\"DENIED\"}",
                        "{\"ad_user_data\":\"DENIED\",\"ad_personalization\":\"DENIED\"}",
                        "{\"ad_user_data\":\"GRANTED\",\"ad_personalization\":\"GRANTED\"}");
    }

    @Test
    void answersShouldBeTakenForWhatTheyMean() {
        google.answerNext(413, Map.of(), "");
        assertThat(count(event(CountedEvent.Type.MESSAGE_SENT), NOBODY, Map.of()))
                .isEqualTo(new Outcome.Refused(Reason.TOO_LARGE, "Google Analytics answered 413"));
        google.answerNext(429, Map.of("Retry-After", "7"), "");
        assertThat(count(event(CountedEvent.Type.MESSAGE_SENT), NOBODY, Map.of()))
                .isEqualTo(new Outcome.Retry(Reason.THROTTLED, "Google Analytics answered 429", Duration.ofSeconds(7)));
        google.answerNext(500, Map.of(), "");
        assertThat(count(event(CountedEvent.Type.MESSAGE_SENT), NOBODY, Map.of()))
                .isInstanceOf(Outcome.Uncertain.class);
        google.goAway();
        assertThat(count(event(CountedEvent.Type.MESSAGE_SENT), NOBODY, Map.of()))
                .isInstanceOf(Outcome.Retry.class);
        assertThat(google.hits()).isEmpty();
    }

    @Test
    void testShouldAskTheValidationServerAndCountNothing() {
        assertThat(check(Map.of())).extracting(Check::result).containsExactly(Result.OK, Result.OK, Result.NOT_CHECKED);
        assertThat(google.hits()).isEmpty();
        google.answerNext(
                200,
                Map.of(),
                "{\"validationMessages\":[{\"fieldPath\":\"events\",\"description\":\"ana@example.com\","
                        + "\"validationCode\":\"NAME_RESERVED\"}]}");
        Check invalid = check(Map.of()).get(1);
        assertThat(invalid.result()).isEqualTo(Result.FAILED);
        assertThat(invalid.found()).isEqualTo("conversation.opened: NAME_RESERVED at events");
        google.answerNext(404, Map.of(), "");
        assertThat(check(Map.of()).get(0).found()).isEqualTo("it answered 404");
        google.goAway();
        assertThat(check(Map.of()).toString()).contains("FAILED").doesNotContain("simulated-api-secret-22");
    }

    @Test
    void settingsShouldSayWhatIsExpected() {
        assertThatThrownBy(() -> Ga4.EVENTS.parser().apply("conversation.opened, conversation.closd"))
                .hasMessageContaining("must be some of conversation.opened, ")
                .hasMessageContaining("'conversation.closd' is none of them");
        assertThatThrownBy(() -> Ga4.EVENTS.parser().apply(" ")).hasMessageContaining("must be some of");
        assertThatThrownBy(() -> Ga4.MEASUREMENT_ID.parser().apply("1234567"))
                .hasMessageContaining("such as G-ABC123XYZ9");
    }

    private List<Check> check(Map<String, String> more) {
        return CHANNEL.test(Ga4Accounts.account(google, more), new PlainTransport(), Clock.systemUTC());
    }

    private static CountedEvent event(CountedEvent.Type type) {
        return new CountedEvent(type, Instant.now(), "shop", "telegram", "billing", "ka", Map.of("direction", "in"), 4);
    }

    private Outcome count(CountedEvent event, Subject subject, Map<String, String> more) {
        return CHANNEL.count(Ga4Accounts.account(google, more), event, subject, new PlainTransport());
    }
}
