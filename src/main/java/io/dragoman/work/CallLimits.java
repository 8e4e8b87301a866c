// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.connector.Account;
import io.dragoman.connector.CallRate;
import io.dragoman.connector.Side;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Counts the calls of desks that may be called only so often. Thread-safe. */
public final class CallLimits {
    private final Clock clock;
    private final Map<String, CallWindow> windows = new ConcurrentHashMap<>();

    public CallLimits(Clock clock) {
        this.clock = clock;
    }

    /**
     * Through what an account reads what agents did: a call that finds none left waits for one.
     *
     * @param stopping whether to wait no longer
     */
    public Transport reading(Account account, Transport transport, BooleanSupplier stopping) {
        return window(account)
                .map(window -> (Transport) new CountedTransport(transport, new Reading(window, clock, stopping)))
                .orElse(transport);
    }

    private record Reading(CallWindow window, Clock clock, BooleanSupplier stopping) implements CountedTransport.Call {
        @Override
        public void take() throws TransportFailure {
            CallWaits.await(() -> window.read(clock.millis()), null, stopping);
        }

        @Override
        public void ended() {
            window.ended(clock.millis());
        }
    }

    /** Begins to bring one piece of news to an account; empty for one without a limit. */
    public Optional<NewsCalls> news(Account account) {
        return window(account).map(window -> new NewsCalls(window, clock));
    }

    /** For how many more pieces of news there are calls now, given how many are under way. */
    public int room(String target, int underWay) {
        CallWindow window = windows.get(target);
        return window == null ? Integer.MAX_VALUE : Math.max(0, window.room(clock.millis()) - underWay);
    }

    /** How many calls are left for news in the present minute; empty for one without a limit. */
    public Optional<Integer> left(Account account) {
        return window(account).map(window -> window.left(clock.millis()));
    }

    /** When news goes there again; empty where it does. */
    public Optional<Instant> emptyUntil(Account account) {
        Instant now = clock.instant();
        return window(account)
                .map(window -> window.pause(now.toEpochMilli()))
                .filter(wait -> wait.compareTo(Duration.ZERO) > 0)
                .map(now::plus);
    }

    private Optional<CallWindow> window(Account account) {
        Optional<CallRate> rate = account.side() == Side.DESK ? CallRate.of(account) : Optional.empty();
        if (rate.isEmpty()) {
            windows.remove(account.id());
            return Optional.empty();
        }
        CallWindow window = windows.computeIfAbsent(account.id(), id -> new CallWindow(rate.get()));
        window.rate(rate.get());
        return Optional.of(window);
    }
}
