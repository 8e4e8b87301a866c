// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.Tally;
import io.dragoman.simulator.desk.DeskSimulator;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A desk that is down while much is queued for it: a gateway with 256 MB takes all of it, about as fast as before, is
 * killed and started again, and when the desk is back it gets everything, once and each conversation in order. A million with
 * {@code -Ddragoman.backlog=1000000 -Dtest.heap=6g}: the judge remembers all that it saw, the gateway must not.
 */
final class BacklogTest {
    private static final int DELIVERIES = Integer.getInteger("dragoman.backlog", 600);
    private static final int THREADS = 8;
    /** Pools may not be full at the beginning; what leaks with each message is thousands. */
    private static final int MORE = 100;

    private static final int CUSTOMERS_OF_A_THREAD = 25;
    private static final long PATIENCE_SECONDS = 420L + DELIVERIES / 100L;

    @TempDir
    private Path home;

    private final Insistent courier = new Insistent();
    private final Queue<String> written = new ConcurrentLinkedQueue<>();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final AtomicInteger left = new AtomicInteger();
    private final int[] numbers = new int[THREADS * CUSTOMERS_OF_A_THREAD];

    @Test
    void backlogOfADeskThatWasDownDrainsInOrder() throws Exception {
        try (Providers providers = new Providers(courier)) {
            providers.configure(home, "sqlite:data/dragoman.db");
            Archive.made().train();
            int port = providers.desk.baseUrl().getPort();
            Use before;
            try (VictimProcess victim = VictimProcess.start(home)) {
                assertThat(victim.awaitReady()).isTrue();
                write(providers, DELIVERIES / 10); // warm
                before = Use.of(victim);
                double up = write(providers, DELIVERIES / 5);
                providers.desk.close();
                double down = write(providers, DELIVERIES);
                System.out.printf(
                        "backlog: %d taken while the desk was down, accept rate %.0f/s up, %.0f/s down, ratio %.2f%n",
                        DELIVERIES, up, down, down / up);
                before.demandNoMore(Use.of(victim), "queued");
            }
            long begun = System.nanoTime();
            try (VictimProcess again = VictimProcess.start(home)) {
                assertThat(again.awaitReady()).isTrue();
                System.out.printf("backlog: killed with all of it queued, ready again after %.1f s%n", since(begun));
                begun = System.nanoTime();
                try (DeskSimulator back = new DeskSimulator(port)) {
                    awaitDrained(providers, back);
                    System.out.printf("backlog: drained at %.0f/s%n", DELIVERIES / since(begun));
                    Tally.of(written, taken, notes(providers.desk, back), text -> Texts.read(text)
                                    .lane())
                            .demandZeros("backlog");
                    before.demandNoMore(Use.of(again), "drained");
                }
            }
        }
        assertThat(courier.refusals).as("refused meanwhile").hasValue(0);
    }

    /** What a process holds of the machine. */
    private record Use(long threads, long descriptors) {
        static Use of(VictimProcess victim) {
            return new Use(victim.threads(), victim.descriptors());
        }

        void demandNoMore(Use later, String when) {
            System.out.printf("backlog: %s before, %s when %s%n", this, later, when);
            assertThat(later.threads).as("threads when %s", when).isLessThan(threads + MORE);
            assertThat(later.descriptors).as("descriptors when %s", when).isLessThan(descriptors + MORE);
        }
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Posts so many from all customers and gives the rate. */
    private double write(Providers providers, int messages) throws InterruptedException {
        left.set(messages);
        URI callback = providers.callback("wa");
        long begun = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int first = i * CUSTOMERS_OF_A_THREAD;
            Thread thread = new Thread(() -> {
                for (int n = 0; left.getAndDecrement() > 0; n++) {
                    int customer = first + n % CUSTOMERS_OF_A_THREAD;
                    String text = "wa-" + customer + "/" + numbers[customer]++;
                    written.add(text);
                    if (providers.whatsapp.customerWrites(callback, Providers.customer("wa", customer), text) == 200) {
                        taken.add(text);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return messages / since(begun);
    }

    private void awaitDrained(Providers providers, DeskSimulator back) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (lost(providers, back) > 0) {
            assertThat(System.nanoTime()).as("until all are there").isLessThan(deadline);
            LockSupport.parkNanos(200_000_000);
        }
    }

    /** How many are not there yet; as long as their number alone tells that it is so, it is enough. */
    private int lost(Providers providers, DeskSimulator back) {
        int missing =
                taken.size() - providers.desk.notes().size() - back.notes().size();
        if (missing > 0) {
            return missing;
        }
        Set<String> lost = new HashSet<>(taken);
        notes(providers.desk, back).forEach(lost::remove);
        return lost.size();
    }

    /**
     * What customers wrote, as the desk got it before it went down and after it came back; what it got twice it knows
     * by its id.
     */
    private static List<String> notes(DeskSimulator before, DeskSimulator after) {
        Map<String, String> texts = new LinkedHashMap<>();
        Stream.of(before, after)
                .flatMap(desk -> desk.notes().stream())
                .filter(note -> note.type().equals("message.received"))
                .forEach(note -> texts.putIfAbsent(note.webhookId(), note.text()));
        return List.copyOf(texts.values());
    }
}
