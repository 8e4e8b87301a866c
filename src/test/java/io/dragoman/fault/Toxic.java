// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.fault.FaultyProxy.Fault;
import java.time.Duration;

/** What the network does to one connection. */
enum Toxic {
    LATENCY(Fault.latency(Duration.ofMillis(300))),
    SLOW_DRIP(Fault.slice(9, Duration.ofMillis(3))),
    RESET_AT_ONCE(Fault.resetAtOnce()),
    RESET_IN_THE_REQUEST_HEAD(Fault.resetRequestAfter(20)),
    RESET_IN_THE_REQUEST(Fault.resetRequestAfter(250)),
    RESET_BEFORE_THE_ANSWER(Fault.resetAnswerAfter(0)),
    RESET_IN_THE_ANSWER(Fault.resetAnswerAfter(60)),
    HALF_OPEN(Fault.halfOpen()),
    BLACKHOLE(Fault.blackhole()),
    TRUNCATED_HEAD(Fault.truncate(12)),
    TRUNCATED_ANSWER(Fault.truncate(170)),
    BIT_FLIP_IN_THE_HEAD(Fault.flipBit(0)),
    BIT_FLIP_IN_THE_ANSWER(Fault.flipBit(200)),
    SLOW_CLOSE(Fault.slowClose(Duration.ofMillis(800))),
    OTHER_PROTOCOL(Fault.garbage()),
    REFUSED(null);

    @SuppressWarnings("ImmutableEnumChecker") // a record of things that do not change
    private final Fault fault;

    Toxic(Fault fault) {
        this.fault = fault;
    }

    /** A proxy that does this to its first connection. */
    FaultyProxy proxy(int target) {
        FaultyProxy proxy = new FaultyProxy(target);
        if (fault == null) {
            proxy.close();
            return proxy;
        }
        return proxy.next(fault);
    }

    /** Whether what was read may differ from what was written: there is no TLS in these tests that would notice. */
    boolean changesBytes() {
        return this == BIT_FLIP_IN_THE_HEAD || this == BIT_FLIP_IN_THE_ANSWER;
    }
}
