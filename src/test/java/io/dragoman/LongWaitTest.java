// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Reason;
import io.dragoman.store.Deliveries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A helpdesk asks to be left alone for years. */
final class LongWaitTest {
    private static final int FAILURES = 5;

    @TempDir
    private Path data;

    private TestGateway test;

    @BeforeEach
    void start() throws Exception {
        test = new TestGateway(data);
        for (int i = 0; i < FAILURES; i++) {
            test.desk.outcomes.add(new Outcome.Retry(Reason.THROTTLED, "429", Duration.ofHours(24)));
            assertThat(test.post("[{\"id\":\"m" + i + "\",\"from\":\"c" + i + "\",\"text\":\"hello\"}]"))
                    .isEqualTo(200);
        }
        TestGateway.await(
                "the failures", () -> test.desk.outcomes.isEmpty() && waiting().size() == FAILURES);
        TestGateway.await(
                "their ends", () -> waiting().stream().allMatch(one -> one.state() == Deliveries.State.RETRY));
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    @DisplayName("no notice waits longer than an hour")
    void waitShouldBeBounded() {
        Instant latest = test.clock.instant().plus(Duration.ofMinutes(61));
        assertThat(waiting()).allMatch(one -> one.nextAt().isBefore(latest));
    }

    @Test
    @DisplayName("pause and resume end the waits of the deliveries and of the desk")
    void resumeShouldEndTheWait() {
        assertThat(status()).isEqualTo("circuit-open");
        pause("pause");
        TestGateway.await("the pause", () -> status().equals("paused"));
        assertThat(test.desk.sent).isEmpty();
        pause("resume");
        TestGateway.await("all of it", () -> test.desk.sent.size() == FAILURES);
    }

    private List<Deliveries.Stored> waiting() {
        return test.gateway.store().read(tx -> tx.orphans().waiting("desk", Long.MAX_VALUE, 10));
    }

    private String status() {
        JsonNode desk = test.admin("/health/ready");
        return desk.toString().contains("\"paused\"")
                ? "paused"
                : desk.toString().contains("circuit-open") ? "circuit-open" : "";
    }

    private void pause(String what) {
        assertThat(test.admin("POST", "/api/v1/" + what, "{\"id\":\"desk\"}").statusCode())
                .isEqualTo(200);
    }
}
