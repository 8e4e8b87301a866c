// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outcome;
import io.dragoman.model.Reason;
import io.dragoman.store.Deliveries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figure of the longest waiting lane. */
final class LaneAgeTest {
    private static final Pattern OUTBOX = Pattern.compile("dragoman_lane_oldest_seconds\\{kind=\"outbox\"} ([0-9.E]+)");

    @Test
    void whatWaitsForAnotherTryShouldBeSeenToWait(@TempDir Path data) throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            test.desk.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "down", Duration.ofHours(2)));
            assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]"))
                    .isEqualTo(200);
            TestGateway.await("the retry", () -> !test.gateway
                    .store()
                    .read(tx -> tx.deliveries().recent(Deliveries.State.RETRY, 5))
                    .isEmpty());
            test.clock.move(Duration.ofMinutes(20));
            assertThat(oldest(test)).isBetween(1_200.0, 1_800.0);
        }
    }

    private static double oldest(TestGateway test) {
        Matcher figure = OUTBOX.matcher(test.admin("GET", "/metrics", null).body());
        assertThat(figure.find()).isTrue();
        return Double.parseDouble(figure.group(1));
    }
}
