// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.model.DeskNotice;
import io.dragoman.rules.Decision;
import io.dragoman.store.Events;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider that tells of a message of ours before it answers the sending, which names its id. */
final class EchoOfOurOwnTest {
    private static final String TRIED_AND_WAITING =
            "SELECT 1 FROM event e LEFT JOIN lane l ON l.lane=e.lane WHERE e.key='echo' AND (e.state<>'NEW' OR"
                    + " (l.owner IS NULL AND l.ready_at>e.received_at+900))";

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);

    private final TestChannel channel = new TestChannel() {
        @Override
        public Outcome send(Account account, ToCustomer message, Transport transport) {
            begun.countDown();
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.send(account, message, transport);
        }
    };

    @Test
    void echoShouldWaitForTheIdOfWhatIsBeingSent(@TempDir Path data) throws Exception {
        try (TestGateway test = gateway(data)) {
            channel.outcomes.add(new Outcome.Sent("x-1"));
            sending(test);
            TestGateway.await("the echo to be tried", () -> isTried(data));
            assertThat(event(test).state()).isEqualTo(Events.State.NEW);
            answered.countDown();
            TestGateway.await("its end", () -> event(test).state() == Events.State.IGNORED);
            assertThat(event(test).failures()).isZero();
            assertThat(toldAsSent(test)).isZero();
        }
    }

    @Test
    void echoShouldBeShownAfterAMinute(@TempDir Path data) throws Exception {
        try (TestGateway test = gateway(data)) {
            sending(test);
            TestGateway.await("the echo to be tried", () -> isTried(data));
            test.clock.move(Duration.ofMinutes(2));
            TestGateway.await("its end", () -> event(test).state() == Events.State.DONE);
            answered.countDown();
            TestGateway.await("the notice", () -> toldAsSent(test) == 1);
        }
    }

    private TestGateway gateway(Path data) throws Exception {
        return new TestGateway(data, situation -> Decision.NOTHING, channel, new TestDesk(), UnaryOperator.identity());
    }

    private void sending(TestGateway test) throws Exception {
        test.desk.outcomes.add(new Outcome.Sent("T-17"));
        test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"is it open?\"}]");
        TestGateway.await("the question", () -> test.desk.sent.size() == 1);
        String reply = "[{\"type\":\"agent.replied\",\"key\":\"r1\",\"at\":\"2026-11-21T10:00:00.000Z\","
                + "\"reference\":\"T-17\",\"author\":\"Mara\","
                + "\"parts\":[{\"type\":\"text\",\"text\":\"yes\"}]}]";
        assertThat(test.postDesk(reply)).isEqualTo(200);
        begun.await();
        test.post("[{\"type\":\"message.echoed\",\"key\":\"echo\",\"at\":\"2026-11-21T10:00:00.000Z\","
                + "\"customer\":{\"address\":\"ana\",\"identities\":"
                + "[{\"type\":\"test\",\"value\":\"ana\",\"verified\":true}]},"
                + "\"externalId\":\"x-1\",\"threading\":{\"references\":[]},"
                + "\"parts\":[{\"type\":\"text\",\"text\":\"yes\"}]}]");
    }

    private static boolean isTried(Path data) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + data.resolve("dragoman.db") + "?busy_timeout=10000");
                ResultSet row = connection.createStatement().executeQuery(TRIED_AND_WAITING)) {
            return row.next();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static long toldAsSent(TestGateway test) {
        return test.desk.sent.stream()
                .filter(sent -> ((Outbound.ToDesk) sent).notice().type() == DeskNotice.Type.MESSAGE_SENT)
                .count();
    }

    private static Events.Stored event(TestGateway test) {
        return test.gateway.store().read(tx -> tx.events().find("shop", "echo")).orElseThrow();
    }
}
