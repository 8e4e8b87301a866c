// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls by which one piece of news is brought to a desk that may be called only so often: where there are none it is
 * not begun, and what was begun waits in its midst. For one attempt and one thread.
 */
public final class NewsCalls implements CountedTransport.Call {
    /** What was begun waits so long for its next call; calls that a whole minute is short of are a matter for later. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final CallWindow window;
    private final Clock clock;
    private int made;
    private @Nullable Duration wait;

    NewsCalls(CallWindow window, Clock clock) {
        this.window = window;
        this.clock = clock;
    }

    /** Through what it is brought. */
    public Transport over(Transport transport) {
        return new CountedTransport(transport, this);
    }

    @Override
    public void take() throws TransportFailure {
        if (made == 0) {
            Optional<Duration> none = window.begin(clock.millis());
            if (none.isPresent()) {
                wait = none.get();
                throw CallWaits.none();
            }
        } else {
            try {
                CallWaits.await(() -> window.proceed(clock.millis()), LONGEST, () -> false);
            } catch (TransportFailure e) {
                window.took(made + 1);
                wait = window.pause(clock.millis());
                throw e;
            }
        }
        made++;
    }

    /** How long until it can be begun, where it was not or came to no end; empty where it had its calls. */
    public Optional<Duration> missing() {
        return Optional.ofNullable(wait);
    }

    @Override
    public void ended() {
        window.ended(clock.millis());
    }

    /** It came to its end, whatever that is: how many calls it takes is known. */
    public void close() {
        window.took(made);
    }
}
