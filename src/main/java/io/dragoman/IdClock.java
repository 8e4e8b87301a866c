// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import com.fasterxml.uuid.UUIDClock;
import java.time.Clock;

/** Lets ids be made by the gateway's clock. */
final class IdClock extends UUIDClock {
    private final Clock clock;

    IdClock(Clock clock) {
        this.clock = clock;
    }

    @Override
    public long currentTimeMillis() {
        return clock.millis();
    }
}
