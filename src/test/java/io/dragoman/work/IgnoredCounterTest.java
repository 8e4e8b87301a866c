// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.store.IgnoredEvents.Named;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

final class IgnoredCounterTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final IgnoredCounter counter = new IgnoredCounter(meters);

    @Test
    void kindsBeyondTheFirstHundredShouldBeCountedAsOne() {
        for (int i = 0; i < 1_000; i++) {
            counter.count(new Named("shop", "kind-" + i));
            counter.count(new Named("shop", "kind-0"));
        }
        counter.count(new Named("other-shop", "kind-999"));
        assertThat(meters.find("dragoman.ignored").tag("channel", "shop").counters())
                .hasSize(IgnoredCounter.MOST_KINDS + 1);
        assertThat(count("shop", "kind-0")).isEqualTo(1_001);
        assertThat(count("shop", IgnoredCounter.OTHER)).isEqualTo(900);
        assertThat(count("other-shop", "kind-999")).isEqualTo(1);
    }

    private double count(String channel, String kind) {
        return meters.get("dragoman.ignored")
                .tag("channel", channel)
                .tag("kind", kind)
                .counter()
                .count();
    }
}
