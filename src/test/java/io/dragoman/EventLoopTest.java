// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.rules.Decision;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that takes its time happens on the event loops that serve everybody. */
final class EventLoopTest {
    private static final int LARGE = 256 * 1024;

    @TempDir
    private Path data;

    @Test
    void smallRequestShouldBeAnsweredWhileLargeOnesAreReadAndWritten() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        TestChannel channel = new TestChannel();
        channel.reading = length -> {
            if (length > LARGE) {
                threads.add(Thread.currentThread().getName());
                begun.countDown();
                await(release);
            }
        };
        try (TestGateway test =
                new TestGateway(data, situation -> Decision.NOTHING, channel, new TestDesk(), setup -> setup)) {
            List<CompletableFuture<Integer>> large = IntStream.range(0, 12)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> test.post(body("large" + i, LARGE))))
                    .toList();
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            try {
                CompletableFuture<Integer> small = CompletableFuture.supplyAsync(() -> test.post(body("small", 1)));
                assertThat(small.get(10, TimeUnit.SECONDS)).isEqualTo(200);
                assertThat(large).noneMatch(CompletableFuture::isDone);
            } finally {
                release.countDown();
            }
            for (CompletableFuture<Integer> one : large) {
                assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(200);
            }
            assertThat(threads).noneMatch(name -> name.contains("eventloop")).hasSizeBetween(1, 4);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String body(String id, int length) {
        return "[{\"id\":\"" + id + "\",\"from\":\"" + id + "\",\"text\":\"" + "x".repeat(length) + "\"}]";
    }
}
