// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * At what level the ordinary course of work is logged: each thing at INFO while little happens; where much does, so many
 * a second, and then how many there were beside them, which are at DEBUG. Thread-safe.
 */
public final class LogPace {
    private static final int MOST_A_SECOND = 20;

    private final Logger log;
    private final String what;
    private final Clock clock;
    private long second;
    private int lines;
    private long beside;

    /**
     * @param what what is counted, as in "deliveries that went well"
     */
    public LogPace(Logger log, String what, Clock clock) {
        this.log = log;
        this.what = what;
        this.clock = clock;
    }

    /** The level of one more line. */
    public synchronized Level next() {
        long now = clock.millis() / 1_000;
        if (now != second) {
            if (beside > 0) {
                log.info("{} more {}, each at DEBUG", beside, what);
            }
            second = now;
            lines = 0;
            beside = 0;
        }
        if (lines < MOST_A_SECOND) {
            lines++;
            return Level.INFO;
        }
        beside++;
        return Level.DEBUG;
    }
}
