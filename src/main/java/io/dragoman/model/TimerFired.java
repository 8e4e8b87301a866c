// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;

/**
 * A timer's time came. It happens in the lane of the conversation's customer, after what they wrote before.
 *
 * @param lane the conversation's address
 * @param timer as it was set
 */
public record TimerFired(String key, String lane, Timer timer) implements Event {
    /** The event of a timer; a timer that takes the place of one that fired is another. */
    public static TimerFired of(Timer timer, String address) {
        return new TimerFired("timer:" + timer.id(), address, timer);
    }

    @Override
    public Instant at() {
        return timer.due();
    }

    @Override
    public String toString() {
        return "TimerFired[" + key + "]";
    }
}
