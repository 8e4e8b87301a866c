// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outcome;
import io.dragoman.model.Reason;
import io.dragoman.store.Events;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A helpdesk's webhook that overtakes the answer with the new ticket's id. */
final class TicketOpeningTest {
    @Test
    void answerShouldWaitForTheIdOfItsTicket(@TempDir Path data) throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            opening(test, Duration.ofSeconds(2));
            answer(test, "r1", "T-17", "yes");
            answer(test, "r2", "T-17", "and more");
            TestGateway.await("both answers", () -> test.channel.sent.size() == 2);
            assertThat(test.channel.sent.toString()).doesNotContain("yes");
            assertThat(test.channel.sent).extracting(sent -> sent.key()).doesNotHaveDuplicates();
            assertThat(event(test, "r1").state()).isEqualTo(Events.State.DONE);
            assertThat(event(test, "r1").failures()).isZero();
        }
    }

    @Test
    void personShouldSeeItAfterAMinute(@TempDir Path data) throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            opening(test, Duration.ofHours(1));
            answer(test, "r1", "T-17", "yes");
            test.clock.move(Duration.ofMinutes(2));
            TestGateway.await("its end", () -> event(test, "r1").state() == Events.State.DEAD);
            assertThat(test.channel.sent).isEmpty();
        }
    }

    /** The desk takes a customer's message at the second try. */
    private static void opening(TestGateway test, Duration after) throws Exception {
        test.desk.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "down", after));
        test.desk.outcomes.add(new Outcome.Sent("T-17"));
        test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"is it open?\"}]");
        TestGateway.await("the first try", () -> test.desk.outcomes.size() == 1);
    }

    private static void answer(TestGateway test, String key, String ticket, String text) throws Exception {
        String body = "[{\"type\":\"agent.replied\",\"key\":\"" + key + "\",\"at\":\"2026-11-21T10:00:00.000Z\","
                + "\"reference\":\"" + ticket + "\",\"author\":\"Mara\","
                + "\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}]";
        String signature = TestChannel.sign("secret of desk", body.getBytes(StandardCharsets.UTF_8));
        assertThat(test.post("/desks/desk", body, signature)).isEqualTo(200);
    }

    private static Events.Stored event(TestGateway test, String key) {
        return test.gateway.store().read(tx -> tx.events().find("desk", key)).orElseThrow();
    }
}
