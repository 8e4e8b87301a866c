// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestChannel;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.config.TestSettings;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.RetrySafety;
import io.dragoman.delivery.DeliveryPolicy.OnGiveUp;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.rules.Decision;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Deliveries.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a delivery whose time is over, and of those behind it: through a whole gateway. */
final class GiveUpTest {
    /** Over before the second attempt, which comes after two seconds. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final Outcome DOWN = new Outcome.Retry(Reason.PROVIDER_DOWN, "the desk answered 503");
    private static final Outcome SILENT = new Outcome.Uncertain(Reason.TIMEOUT, "the desk did not answer");

    @TempDir
    private Path data;

    private final TestChannel channel = new TestChannel();
    private final TestDesk desk = new TestDesk();

    @Test
    void itIsDeadAndTheConversationGoesOn() throws Exception {
        desk.outcomes.add(DOWN);
        try (TestGateway test = gateway(SHORT, OnGiveUp.DEAD, Decision.NOTHING)) {
            writes(test, "ana", "one", "two");
            awaitTexts("two");
            Deliveries.Stored dead = only(test, State.DEAD);
            assertThat(dead.reason()).isEqualTo(Reason.PROVIDER_DOWN);
            assertThat(dead.attempts()).isEqualTo(1);
            assertThat(lanes(test)).isEmpty();
        }
    }

    @Test
    void orTheConversationWaitsForAPersonAndTheOthersDoNot() throws Exception {
        desk.outcomes.add(DOWN);
        try (TestGateway test = gateway(SHORT, OnGiveUp.PAUSE, Decision.NOTHING)) {
            writes(test, "ana", "one", "two");
            JsonNode lane = awaitStop(test);
            assertThat(lane.path("reason").asText()).isEqualTo("not delivered in time: the desk answered 503");
            // the first may have been given up before the second was decided
            TestGateway.await(
                    "the second behind it", () -> awaitStop(test).path("open").asInt() == 2);
            writes(test, "ben", "three");
            awaitTexts("three");
            assertThat(test.admin("/api/v1/ledger").path("difference").asInt()).isZero();

            resume(test, lane);
            awaitTexts("three", "one", "two");
        }
    }

    @Test
    void oneInDoubtIsWaitedForWhereItMayBeRepeated() throws Exception {
        desk.outcomes.add(SILENT);
        try (TestGateway test = gateway(SHORT, OnGiveUp.PAUSE, Decision.NOTHING)) {
            writes(test, "ana", "one", "two");
            JsonNode lane = awaitStop(test);
            assertThat(only(test, State.RETRY).unsure()).isTrue();

            resume(test, lane);
            awaitTexts("one", "two");
        }
    }

    @Test
    void oneInDoubtIsNotWaitedForWhereNobodyMayRepeatIt() throws Exception {
        desk.retrySafety = RetrySafety.NEITHER;
        desk.onUncertain = OnUncertain.HOLD;
        desk.outcomes.add(SILENT);
        try (TestGateway test = gateway(SHORT, OnGiveUp.PAUSE, Decision.NOTHING)) {
            writes(test, "ana", "one", "two");
            awaitTexts("two");
            assertThat(only(test, State.UNCERTAIN).attempts()).isEqualTo(1);
            assertThat(lanes(test)).isEmpty();
        }
    }

    @Test
    void timeThatEndsBetweenTwoAttemptsCountsToo() throws Exception {
        desk.outcomes.add(SILENT);
        try (TestGateway test = gateway(Duration.ofHours(1), OnGiveUp.PAUSE, Decision.NOTHING)) {
            writes(test, "ana", "one");
            TestGateway.await(
                    "the first attempt", () -> !find(test, State.RETRY).isEmpty());
            test.clock.move(Duration.ofHours(2));
            JsonNode lane = awaitStop(test);
            assertThat(only(test, State.RETRY).unsure()).isTrue();
            assertThat(desk.sent).as("sent after its time").isEmpty();

            resume(test, lane);
            awaitTexts("one");
        }
    }

    @Test
    void nobodyWaitsForWhatNobodyAskedFor() throws Exception {
        channel.outcomes.add(DOWN);
        try (TestGateway test = gateway(SHORT, OnGiveUp.PAUSE, InDoubtTest.AN_ANSWER)) {
            writes(test, "ana", "one");
            TestGateway.await("dead", () -> !find(test, State.DEAD).isEmpty());
            assertThat(only(test, State.DEAD).automatic()).isTrue();
            assertThat(lanes(test)).isEmpty();
        }
    }

    /** The text behind it waits in its order, but not for as long as a message to a provider would. */
    @Test
    void fileWhoseServerIsNotFoundIsWaitedForTwoMinutes() throws Exception {
        try (TestGateway test = gateway(Duration.ofDays(3), OnGiveUp.DEAD, Decision.NOTHING)) {
            writes(test, "ana", "one");
            awaitTexts("one");
            answers(test, "file", "{\"parts\":[{\"type\":\"media\",\"url\":\"https://no-such-host.invalid/a.pdf\"}]}");
            answers(test, "text", "{\"text\":\"behind it\"}");
            TestGateway.await("the first attempt", () -> find(test, State.RETRY).stream()
                    .anyMatch(delivery -> delivery.kind() == Deliveries.Kind.FETCH));
            assertThat(channel.sent).isEmpty();
            test.clock.move(Duration.ofMinutes(2));
            TestGateway.await("the text", () -> !channel.sent.isEmpty());
            assertThat(channel.sent).singleElement().satisfies(sent -> assertThat(((Outbound.ToCustomer) sent).parts())
                    .containsExactly(new Part.Text("behind it")));
            TestGateway.await("word at the desk", () -> desk.sent.stream()
                    .map(outbound ->
                            ((Outbound.ToDesk) outbound).notice().data().message())
                    .anyMatch(message -> message != null && message.reason() == Reason.MEDIA_REFUSED));
            assertThat(test.admin("/health/ready").at("/channels"))
                    .allSatisfy(one -> assertThat(one.path("status").asText()).isEqualTo("ok"));
        }
    }

    private static void answers(TestGateway test, String key, String body) {
        String conversation =
                test.admin("/api/v1/conversations").at("/conversations/0/id").asText();
        String path = "/api/v1/conversations/" + conversation + "/messages";
        assertThat(test.admin("POST", path, body, "Idempotency-Key", key).statusCode())
                .isEqualTo(202);
    }

    private TestGateway gateway(Duration giveUpAfter, OnGiveUp end, Decision decision) throws Exception {
        DeliveryPolicy policy = new DeliveryPolicy(giveUpAfter, giveUpAfter, end, 8);
        return new TestGateway(
                data,
                situation -> decision,
                channel,
                desk,
                setup -> setup.with(TestSettings.with(setup.settings(), policy)));
    }

    private static void writes(TestGateway test, String customer, String... texts) {
        for (String text : texts) {
            assertThat(test.post("[{\"id\":\"%s\",\"from\":\"%s\",\"text\":\"%s\"}]".formatted(text, customer, text)))
                    .isEqualTo(200);
        }
    }

    /** Waits until the desk has got these, in this order. */
    private void awaitTexts(String... wanted) {
        TestGateway.await(String.join(", ", wanted), () -> texts().equals(List.of(wanted)));
    }

    private List<String> texts() {
        return desk.sent.stream()
                .map(outbound -> ((Outbound.ToDesk) outbound).notice().data().message())
                .filter(Objects::nonNull)
                .map(message -> ((Part.Text) message.parts().get(0)).text())
                .toList();
    }

    private static JsonNode awaitStop(TestGateway test) {
        TestGateway.await("a lane that stands still", () -> lanes(test).size() == 1);
        return lanes(test).get(0);
    }

    private static JsonNode lanes(TestGateway test) {
        return test.admin("/api/v1/pauses").path("lanes");
    }

    private static void resume(TestGateway test, JsonNode lane) {
        String body = "{\"id\":\"" + lane.path("lane").asText() + "\"}";
        assertThat(test.admin("POST", "/api/v1/resume", body).statusCode()).isEqualTo(200);
    }

    private static Deliveries.Stored only(TestGateway test, State state) {
        List<Deliveries.Stored> found = find(test, state);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static List<Deliveries.Stored> find(TestGateway test, State state) {
        return test.gateway.store().read(tx -> tx.deliveries().recent(state, 10));
    }
}
