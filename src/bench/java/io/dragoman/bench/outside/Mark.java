// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.outside;

import io.dragoman.bench.wire.HttpInput;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.HdrHistogram.Histogram;

/** What the load wrote at the end of each text: {@code #customer.sequence.micros#}, 8, 8 and 16 digits. */
record Mark(int customer, int sequence, long micros) {
    private static final byte[] BEGIN = HttpInput.ascii("#");
    private static final long SLOWEST_MICROS = 3_600_000_000L;

    /** The first in the body; it has none of these signs before. */
    static Mark of(HttpInput request) {
        int at = request.behind(BEGIN);
        if (at < 0) {
            throw new IllegalStateException("a text without a mark: " + request.text());
        }
        return new Mark((int) request.number(at), (int) request.number(at + 9), request.number(at + 18));
    }

    static Histogram histogram() {
        return new Histogram(SLOWEST_MICROS, 3);
    }

    /** Notes how long ago the message was sent. */
    void recordAge(Histogram histogram) {
        long age = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - micros;
        histogram.recordValue(Math.min(Math.max(age, 0), SLOWEST_MICROS));
    }
}
