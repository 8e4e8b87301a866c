// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestChannel;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.RetrySafety;
import io.dragoman.model.Reason;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.SendReply;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Deliveries.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows an attempt that perhaps sent, on a channel that can be asked: through a whole gateway. */
final class InDoubtTest {
    static final Decision AN_ANSWER =
            new Decision(List.of(new SendReply("hours", "closed", "en", "we are closed", null)), List.of());

    @TempDir
    private Path data;

    private final TestChannel channel = new TestChannel();

    @Test
    void whatTheProviderHasIsNotSentAgain() throws Exception {
        channel.lookups.add(new DeliveryLookup.Found("SM1"));
        Deliveries.Stored delivery = answered(State.DELIVERED);
        assertThat(delivery.attempts()).isEqualTo(2);
        assertThat(channel.sent).isEmpty();
    }

    @Test
    void whatItDoesNotHaveIsSentAgain() throws Exception {
        channel.lookups.add(new DeliveryLookup.Absent());
        answered(State.DELIVERED);
        assertThat(channel.sent).hasSize(1);
    }

    @Test
    void whatItMayTellLaterIsAskedLater() throws Exception {
        channel.lookups.add(new DeliveryLookup.Unknown("too young", Duration.ofHours(2)));
        Deliveries.Stored delivery = answered(State.RETRY);
        assertThat(Duration.between(Instant.now(), delivery.nextAt())).isGreaterThan(Duration.ofMinutes(110));
        assertThat(delivery.unsure()).isTrue();
        assertThat(channel.sent).isEmpty();
    }

    @Test
    void whatItWillNeverTellIsHeldForAPerson() throws Exception {
        channel.onUncertain = OnUncertain.HOLD;
        Deliveries.Stored delivery = answered(State.UNCERTAIN);
        assertThat(delivery.detail()).isEqualTo("nobody knows");
        assertThat(channel.sent).isEmpty();
    }

    @Test
    void orIsRepeatedWhereTheOperatorSaidSo() throws Exception {
        channel.onUncertain = OnUncertain.REPEAT;
        answered(State.DELIVERED);
        assertThat(channel.sent).hasSize(1);
    }

    @Test
    void whatPerhapsArrivedOnceIsNeverCalledDead() throws Exception {
        channel.onUncertain = OnUncertain.REPEAT;
        inDoubt();
        channel.outcomes.add(new Outcome.Refused(Reason.CONTENT_REFUSED, "the provider answered 422"));
        Deliveries.Stored delivery = answered(State.UNCERTAIN);
        assertThat(delivery.reason()).isEqualTo(Reason.CONTENT_REFUSED);
    }

    @Test
    void whatTheProviderSurelyDidNotHaveIsDeadWhenRefused() throws Exception {
        channel.lookups.add(new DeliveryLookup.Absent());
        inDoubt();
        channel.outcomes.add(new Outcome.Refused(Reason.CONTENT_REFUSED, "the provider answered 422"));
        answered(State.DEAD);
    }

    @Test
    void theDoubtOutlivesAnAttemptThatSurelySentNothing() throws Exception {
        channel.onUncertain = OnUncertain.REPEAT;
        inDoubt();
        channel.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "the provider answered 503"));
        assertThat(answered(State.RETRY).unsure()).isTrue();
    }

    @Test
    void whatARuleWroteIsNeverRepeated() throws Exception {
        channel.onUncertain = OnUncertain.REPEAT;
        inDoubt();
        try (TestGateway test = gateway(AN_ANSWER)) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]");
            assertThat(toCustomer(test, State.UNCERTAIN).automatic()).isTrue();
        }
        assertThat(channel.sent).isEmpty();
    }

    @Test
    void aProviderThatHasForgottenTheKeyIsNotSentItAgain() throws Exception {
        channel.keysKept = Duration.ZERO;
        channel.onUncertain = OnUncertain.HOLD;
        inDoubt();
        channel.retrySafety = RetrySafety.IDEMPOTENT;
        try (TestGateway test = gateway(Decision.NOTHING)) {
            reply(test);
            TestGateway.await("its end", () -> !find(test, State.UNCERTAIN).isEmpty());
        }
        assertThat(channel.sent).isEmpty();
    }

    @Test
    void oneThatKnowsItIs() throws Exception {
        channel.onUncertain = OnUncertain.HOLD;
        inDoubt();
        channel.retrySafety = RetrySafety.IDEMPOTENT;
        answered(State.DELIVERED);
        assertThat(channel.sent).hasSize(1);
    }

    /** The first attempt ends so that nobody knows whether it sent. */
    private void inDoubt() {
        channel.retrySafety = RetrySafety.QUERYABLE;
        channel.outcomes.add(new Outcome.Uncertain(Reason.TIMEOUT, "the provider did not answer"));
    }

    /** An agent's answer after its second attempt, in a state. */
    private Deliveries.Stored answered(State state) throws Exception {
        if (channel.outcomes.isEmpty()) {
            inDoubt();
        }
        try (TestGateway test = gateway(Decision.NOTHING)) {
            reply(test);
            return toCustomer(test, state);
        }
    }

    private static void reply(TestGateway test) throws Exception {
        test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]");
        TestGateway.await("the message", () -> !test.desk.sent.isEmpty());
        String conversation =
                test.admin("/api/v1/conversations").at("/conversations/0/id").asText();
        String replies = "/api/v1/conversations/" + conversation + "/messages";
        assertThat(test.admin("POST", replies, "{\"text\":\"hi\"}", "Idempotency-Key", "answer-1")
                        .statusCode())
                .isEqualTo(202);
    }

    private TestGateway gateway(Decision decision) throws Exception {
        return new TestGateway(data, situation -> decision, channel, new TestDesk(), setup -> setup);
    }

    /** The delivery to the customer, once its second attempt has ended in a state. */
    private static Deliveries.Stored toCustomer(TestGateway test, State state) {
        TestGateway.await("the first attempt", () -> !find(test, State.RETRY).isEmpty());
        test.gateway
                .store()
                .write(tx -> tx.deliveries().hurryTarget("shop", Instant.now().toEpochMilli(), 1))
                .join();
        TestGateway.await("the second attempt", () -> find(test, state).stream().anyMatch(one -> one.attempts() == 2));
        return find(test, state).get(0);
    }

    private static List<Deliveries.Stored> find(TestGateway test, State state) {
        return test.gateway.store().read(tx -> tx.deliveries().recent(state, 10)).stream()
                .filter(one -> one.target().equals("shop"))
                .toList();
    }
}
