// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.TestChannel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Providers that post as providers do: each event until it is acknowledged, the next of a sender only then, some again
 * although they were acknowledged. They remember every 2xx that they were given.
 */
final class Senders implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int SENDERS_OF_A_THREAD = 4;

    final Set<String> posted = ConcurrentHashMap.newKeySet();
    final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    final AtomicInteger refusals = new AtomicInteger();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final List<Thread> threads = new ArrayList<>();
    private final long pauseNanos;
    private volatile int port;
    private volatile boolean stopping;

    Senders(long seed, long pauseNanos) {
        this.pauseNanos = pauseNanos;
        for (int i = 0; i < THREADS; i++) {
            int n = i;
            Thread thread = new Thread(() -> post(n, new Random(seed + n)), "sender-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Where the gateway listens now; 0 while there is none. */
    void port(int now) {
        port = now;
    }

    private void post(int thread, Random random) {
        int[] next = new int[SENDERS_OF_A_THREAD];
        while (!stopping) {
            int one = random.nextInt(SENDERS_OF_A_THREAD);
            String sender = thread + "-" + one;
            String text = sender + "/" + next[one];
            if (postUntilAcknowledged(sender, text)) {
                next[one]++;
                if (random.nextInt(10) == 0) {
                    once(sender, text);
                }
            }
            LockSupport.parkNanos(pauseNanos);
        }
    }

    private boolean postUntilAcknowledged(String sender, String text) {
        while (!stopping) {
            if (port == 0) {
                LockSupport.parkNanos(5_000_000);
                continue;
            }
            posted.add(text);
            if (once(sender, text)) {
                acknowledged.add(text);
                return true;
            }
            LockSupport.parkNanos(10_000_000);
        }
        return false;
    }

    private boolean once(String sender, String text) {
        String body = "[{\"id\":\"" + text + "\",\"from\":\"" + sender + "\",\"text\":\"" + text + "\"}]";
        String signature = TestChannel.sign(Victim.SECRET, body.getBytes(StandardCharsets.UTF_8));
        try {
            int status = http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/channels/shop"))
                                    .header("X-Signature", signature)
                                    .timeout(Duration.ofSeconds(5))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status >= 300) {
                refusals.incrementAndGet();
            }
            return status / 100 == 2;
        } catch (IOException | IllegalArgumentException e) {
            return false; // there is no gateway just now
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            for (Thread thread : threads) {
                thread.join(20_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
