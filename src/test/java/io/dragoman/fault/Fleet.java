// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Several gateways on one store, each in a process of its own. */
final class Fleet implements AutoCloseable {
    private final Path home;
    private final List<VictimProcess> gateways = new ArrayList<>();
    private final StoreFacts store;

    /** Starts them all at once. */
    Fleet(Path home, int size, StoreFacts store) throws IOException {
        this.home = home;
        this.store = store;
        for (int i = 0; i < size; i++) {
            gateways.add(VictimProcess.start(home(home, i)));
        }
    }

    /** Where the configuration of one of several is; that of the only one is in the home itself. */
    static Path home(Path home, int number) {
        return number == 0 ? home : home.resolve("gateway-" + (number + 1));
    }

    VictimProcess get(int number) {
        return gateways.get(number);
    }

    void awaitAll() throws IOException {
        for (VictimProcess gateway : gateways) {
            assertThat(gateway.awaitReady()).as("a gateway starts").isTrue();
        }
    }

    /** Kills one and starts another in its place, which need not be ready. */
    void replace(int number, String... properties) throws IOException, InterruptedException {
        gateways.get(number).kill();
        start(number, properties);
    }

    /** Starts another in the place of one that has ended. */
    void start(int number, String... properties) throws IOException {
        gateways.set(number, VictimProcess.start(home(home, number), properties));
    }

    /** Which of them polls an account; waits until one does. */
    int poller(String account) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < deadline) {
            Optional<Long> pid = pollerPid(account);
            for (int i = 0; i < gateways.size(); i++) {
                if (pid.isPresent() && gateways.get(i).pid() == pid.get()) {
                    return i;
                }
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("nobody polls " + account);
    }

    /** Waits until another process than this polls an account; gives the milliseconds. */
    long awaitHeir(String account, long pid) throws Exception {
        long begun = System.nanoTime();
        while (pollerPid(account).filter(now -> now != pid).isEmpty()) {
            assertThat(System.nanoTime() - begun).as("nobody takes over").isLessThan(TimeUnit.SECONDS.toNanos(60));
            LockSupport.parkNanos(20_000_000);
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    private Optional<Long> pollerPid(String account) throws Exception {
        return store.column("SELECT owner FROM cursor WHERE owner IS NOT NULL AND source='" + account + "'").stream()
                .map(owner -> Long.valueOf(owner.split("/")[1]))
                .findFirst();
    }

    @Override
    public void close() {
        gateways.forEach(VictimProcess::close);
    }
}
