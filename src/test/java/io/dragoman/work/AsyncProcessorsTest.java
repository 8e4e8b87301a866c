// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Whoever waits for an exchange hears of its end, whatever ends it. */
final class AsyncProcessorsTest {
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void failureOfWhatFollowsEndsTheExchangeToo() {
        RuntimeException broken = new IllegalStateException("broken");
        AsyncProcessors.when(CompletableFuture.completedFuture(1), exchange, sync -> done.incrementAndGet(), one -> {
            throw broken;
        });
        assertThat(done).hasValue(1);
        assertThat(exchange.getException()).isSameAs(broken);
    }

    @Test
    void failureOfTheFutureIsTheExchanges() {
        Exception broken = new java.io.IOException("gone");
        AsyncProcessors.when(
                CompletableFuture.failedFuture(broken), exchange, sync -> done.incrementAndGet(), one -> {});
        assertThat(done).hasValue(1);
        assertThat(exchange.getException()).isSameAs(broken);
    }
}
