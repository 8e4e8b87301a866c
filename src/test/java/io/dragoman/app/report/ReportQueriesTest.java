// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.TestGateway;
import io.dragoman.app.report.ReportQueries.PeriodReport;
import io.dragoman.app.report.ReportQueries.WaitingReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exact about a report, and what it says where it is not. */
final class ReportQueriesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void percentilesAreTimesThatWere() {
        assertThat(Percentiles.of(new long[0])).isEqualTo(new Percentiles(0, null, null));
        assertThat(Percentiles.of(new long[] {1500})).isEqualTo(new Percentiles(1, 1.5, 1.5));
        assertThat(Percentiles.of(new long[] {4000, 1000, 3000, 2000})).isEqualTo(new Percentiles(4, 2.0, 4.0));
        long[] ten = IntStream.rangeClosed(1, 10).mapToLong(i -> i * 1000L).toArray();
        assertThat(Percentiles.of(ten)).isEqualTo(new Percentiles(10, 5.0, 9.0));
        assertThat(Percentiles.of(new long[] {-5})).isEqualTo(new Percentiles(1, 0.0, 0.0));
    }

    @Test
    void periodIsWithinTheTimeThatThereWas() {
        assertThat(Period.of(null, null, NOW)).isEqualTo(new Period(NOW.minusSeconds(7 * 86_400), NOW));
        assertThat(Period.of(Instant.MIN, Instant.MAX, NOW)).isEqualTo(new Period(Instant.EPOCH, NOW));
        assertThatThrownBy(() -> Period.of(NOW, null, NOW)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void moreThanIsCountedIsSaid(@TempDir Path data) throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            String body = IntStream.range(0, 600)
                    .mapToObj(i -> "{\"id\":\"m" + i + "\",\"from\":\"p" + i + "\",\"text\":\"x\"}")
                    .collect(Collectors.joining(",", "[", "]"));
            assertThat(test.post(body)).isEqualTo(200);
            TestGateway.await("all of them", () -> test.desk.sent.size() == 600);
            Instant now = Instant.now().plusSeconds(1);
            WaitingReport all = new ReportQueries(test.gateway.store()).waiting(now, 3);
            assertThat(all.waiting()).hasSize(3);
            assertThat(all.count()).isEqualTo(600);
            assertThat(all.complete()).isTrue();
            WaitingReport cut = new ReportQueries(test.gateway.store(), 500, 5_000).waiting(now, 3);
            assertThat(cut.count()).isEqualTo(500);
            assertThat(cut.complete()).isFalse();
            Period period = Period.of(null, null, now);
            PeriodReport whole = new ReportQueries(test.gateway.store()).period(period);
            assertThat(whole.total().conversations()).isEqualTo(600);
            assertThat(whole.total().messagesIn()).isEqualTo(600);
            assertThat(whole.complete()).isTrue();
            PeriodReport bounded = new ReportQueries(test.gateway.store(), 500, 5_000).period(period);
            assertThat(bounded.total().conversations()).isEqualTo(500);
            assertThat(bounded.complete()).isFalse();
        }
    }
}
