// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What follows an attempt: through a whole gateway, with a desk that answers as it is told. */
final class OutboxTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Settle.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    private Path data;

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private List<String> lines() {
        return List.copyOf(log.list).stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Test
    void whatTheTargetAskedToWaitIsWaited() throws Exception {
        Outcome busy = new Outcome.Retry(Reason.THROTTLED, "the desk answered 429", Duration.ofMinutes(50));
        Deliveries.Stored delivery = first(busy, Deliveries.State.RETRY);
        assertThat(Duration.between(Instant.now(), delivery.nextAt())).isGreaterThan(Duration.ofMinutes(45));
    }

    @Test
    void aRefusedTokenMakesNothingDead() throws Exception {
        Outcome refused = new Outcome.Refused(Reason.AUTHENTICATION_FAILED, "the desk answered 401");
        Deliveries.Stored delivery = first(refused, Deliveries.State.RETRY);
        assertThat(delivery.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
        assertThat(lines())
                .contains("INFO outbox " + delivery.id() + " NOTICE to desk attempt 1: failed, tried again at "
                        + delivery.nextAt() + ", AUTHENTICATION_FAILED, the desk answered 401");
    }

    @Test
    void aRefusedMessageIsDeadAtOnceAndTheNextGoesOn() throws Exception {
        Outcome refused = new Outcome.Refused(Reason.CONTENT_REFUSED, "the desk answered 422");
        Deliveries.Stored delivery = first(refused, Deliveries.State.DEAD);
        assertThat(delivery.attempts()).isEqualTo(1);
        assertThat(lines())
                .contains("WARN outbox " + delivery.id()
                        + " NOTICE to desk attempt 1: dead, CONTENT_REFUSED, the desk answered 422, conversation "
                        + delivery.conversation());
    }

    @Test
    void whatFailedBesideIsNotedAndNothingIsRepeated() throws Exception {
        TestDesk desk = new TestDesk();
        desk.outcomes.add(new Outcome.Sent("theirs", List.of(), "there is no copy of it"));
        try (TestGateway test =
                new TestGateway(data, situation -> Decision.NOTHING, new TestChannel(), desk, setup -> setup)) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]");
            TestGateway.await(
                    "the attempt", () -> !in(test, Deliveries.State.DELIVERED).isEmpty());
            Deliveries.Stored delivery = in(test, Deliveries.State.DELIVERED).get(0);
            assertThat(test.admin("/api/v1/deliveries/" + delivery.id())
                            .at("/attempts/0/detail")
                            .asText())
                    .isEqualTo("there is no copy of it");
            assertThat(delivery.detail()).as("nothing for the desk").isNull();
            assertThat(desk.sent).hasSize(1);
            assertThat(lines())
                    .anyMatch(line -> line.startsWith("WARN outbox " + delivery.id()
                            + " NOTICE to desk attempt 1: sent, there is no copy of it, conversation "
                            + delivery.conversation()));
        }
    }

    @Test
    void aFailureIsTriedAgainSoonAndCountsNoCrash() throws Exception {
        Outcome down = new Outcome.Uncertain(Reason.TIMEOUT, "the desk did not answer");
        Deliveries.Stored delivery = first(down, Deliveries.State.RETRY);
        assertThat(delivery.unsure()).as("nobody knows whether it arrived").isTrue();
        assertThat(delivery.crashes()).isZero();
        assertThat(Duration.between(Instant.now(), delivery.nextAt())).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void oneOfSeveralPartsDoesNotLookLikeAllOfIt() {
        assertThat(Settled.sent(1, 2)).isEqualTo(new Settled("sent, part 1 of 2", false));
        assertThat(Settled.sent(1, 1)).isEqualTo(new Settled("sent", false));
    }

    @Test
    void whatIsUncertainNeedsAPersonAndWhatIsCancelledDoesNot() {
        assertThat(Settled.ended(Deliveries.State.UNCERTAIN)).isEqualTo(new Settled("uncertain", true));
        assertThat(Settled.ended(Deliveries.State.CANCELLED)).isEqualTo(new Settled("cancelled", false));
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
