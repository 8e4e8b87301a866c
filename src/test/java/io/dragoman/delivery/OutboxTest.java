// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestChannel;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Reason;
import io.dragoman.rules.Decision;
import io.dragoman.store.Deliveries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows an attempt: through a whole gateway, with a desk that answers as it is told. */
final class OutboxTest {
    @TempDir
    private Path data;

    @Test
    void whatTheTargetAskedToWaitIsWaited() throws Exception {
        Outcome busy = new Outcome.Retry(Reason.THROTTLED, "the desk answered 429", Duration.ofHours(2));
        Deliveries.Stored delivery = first(busy, Deliveries.State.RETRY);
        assertThat(Duration.between(Instant.now(), delivery.nextAt())).isGreaterThan(Duration.ofMinutes(110));
    }

    @Test
    void aRefusedTokenMakesNothingDead() throws Exception {
        Outcome refused = new Outcome.Refused(Reason.AUTHENTICATION_FAILED, "the desk answered 401");
        Deliveries.Stored delivery = first(refused, Deliveries.State.RETRY);
        assertThat(delivery.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
    }

    @Test
    void aRefusedMessageIsDeadAtOnceAndTheNextGoesOn() throws Exception {
        Outcome refused = new Outcome.Refused(Reason.CONTENT_REFUSED, "the desk answered 422");
        assertThat(first(refused, Deliveries.State.DEAD).attempts()).isEqualTo(1);
    }

    @Test
    void aFailureIsTriedAgainSoonAndCountsNoCrash() throws Exception {
        Outcome down = new Outcome.Uncertain(Reason.TIMEOUT, "the desk did not answer");
        Deliveries.Stored delivery = first(down, Deliveries.State.RETRY);
        assertThat(delivery.unsure()).as("nobody knows whether it arrived").isTrue();
        assertThat(delivery.crashes()).isZero();
        assertThat(Duration.between(Instant.now(), delivery.nextAt())).isLessThan(Duration.ofSeconds(3));
    }

    /** The first delivery to a desk that answers so, once it has come to a state. */
    private Deliveries.Stored first(Outcome outcome, Deliveries.State state) throws Exception {
        TestDesk desk = new TestDesk();
        desk.outcomes.add(outcome);
        try (TestGateway test =
                new TestGateway(data, situation -> Decision.NOTHING, new TestChannel(), desk, setup -> setup)) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]");
            TestGateway.await("the attempt", () -> !in(test, state).isEmpty());
            return in(test, state).get(0);
        }
    }

    private static List<Deliveries.Stored> in(TestGateway test, Deliveries.State state) {
        return test.gateway.store().read(tx -> tx.deliveries().recent(state, 1));
    }
}
