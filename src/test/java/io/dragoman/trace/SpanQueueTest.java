// SPDX-License-Identifier: Apache-2.0
package io.dragoman.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.work.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SpanQueueTest {
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void whatThereIsNoRoomForShouldBeDroppedAndCountedAtOnce() throws Exception {
        try (CollectorStub collector = new CollectorStub();
                SpanQueue queue = new SpanQueue(Collector.at(collector.endpoint(), Map.of()), 100, meters)) {
            collector.hang();
            Traces traces = new EventTraces("gateway", 1, queue, Clock.systemUTC());
            List<String> events =
                    IntStream.range(0, 5_000).mapToObj(id -> "event " + id).toList();
            long begun = System.nanoTime();
            traces.accepted("shop", true, events, Clock.systemUTC().instant());
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            assertThat(count("dropped")).isGreaterThan(4_000); // one batch may be under way
        }
    }

    @Test
    void whatWaitsShouldBeSentWhenItCloses() throws Exception {
        try (CollectorStub collector = new CollectorStub()) {
            try (SpanQueue queue = new SpanQueue(Collector.at(collector.endpoint(), Map.of()), 5_000, meters)) {
                Traces traces = new EventTraces("gateway", 1, queue, Clock.systemUTC());
                List<String> events =
                        IntStream.range(0, 2_000).mapToObj(id -> "event " + id).toList();
                traces.accepted("shop", false, events, Clock.systemUTC().instant());
            }
            assertThat(collector.refused()).isEmpty();
            assertThat(collector.spans()).hasSize(2_000);
            assertThat(count("sent")).isEqualTo(2_000);
        }
    }

    @Test
    void nobodyThereShouldBeCountedAsDropped() {
        try (SpanQueue queue =
                new SpanQueue(Collector.at(URI.create("http://127.0.0.1:1/v1/traces"), Map.of()), 10, meters)) {
            new EventTraces("gateway", 1, queue, Clock.systemUTC())
                    .accepted("shop", true, List.of("event"), Clock.systemUTC().instant());
            TestGateway.await("the drop", () -> count("dropped") == 1);
        }
    }

    private double count(String what) {
        return meters.counter("dragoman.trace.spans." + what).count();
    }
}
