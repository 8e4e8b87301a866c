// SPDX-License-Identifier: Apache-2.0
package io.dragoman.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TraceIdsTest {
    @Test
    void idsShouldBeValidAndTheSameEachTime() {
        String trace = TraceIds.trace("0190-event");
        assertThat(TraceId.isValid(trace)).isTrue();
        assertThat(trace).isEqualTo(TraceIds.trace("0190-event")).isNotEqualTo(TraceIds.trace("0191-event"));
        assertThat(SpanId.isValid(TraceIds.accept(trace, "0190-event").getSpanId()))
                .isTrue();
        assertThat(TraceIds.delivery(trace, "d", 1).getSpanId())
                .isNotEqualTo(TraceIds.delivery(trace, "d", 2).getSpanId())
                .isEqualTo(TraceIds.delivery(trace, "d", 1).getSpanId());
    }

    @Test
    void sampleShouldBeTheShareThatIsAskedFor() {
        assertThat(share(0)).isZero();
        assertThat(share(0.1)).isBetween(0.08, 0.12);
        assertThat(share(0.5)).isBetween(0.47, 0.53);
        assertThat(share(1)).isEqualTo(1);
    }

    /** Whoever takes a smaller share takes none that one with a larger does not have: traces stay whole. */
    @Test
    void smallerSampleShouldBePartOfTheLarger() {
        assertThat(IntStream.range(0, 5_000).mapToObj(id -> TraceIds.trace("event " + id)))
                .filteredOn(trace -> TraceIds.sampled(trace, 0.1))
                .isNotEmpty()
                .allMatch(trace -> TraceIds.sampled(trace, 0.2));
    }

    private static double share(double asked) {
        return IntStream.range(0, 10_000)
                        .mapToObj(id -> TraceIds.trace("event " + id))
                        .filter(trace -> TraceIds.sampled(trace, asked))
                        .count()
                / 10_000.0;
    }
}
