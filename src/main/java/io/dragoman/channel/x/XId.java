// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import java.time.Duration;
import java.time.Instant;

/** X's ids of messages and posts: milliseconds since 2010, and 22 bits more, so that a later one is greater. */
final class XId {
    private static final long X_EPOCH = 1_288_834_974_657L;
    private static final int TIME = 22;

    private XId() {}

    static boolean is(String id) {
        return id.matches("\\d{1,19}") && (id.length() < 19 || id.compareTo("9223372036854775807") <= 0);
    }

    /** An id that must be there. */
    static String of(JsonFields object, String name) throws MalformedPayload {
        String id = object.word(name);
        if (id == null || !is(id)) {
            throw new MalformedPayload(object.at(name) + " must be an id, a whole number");
        }
        return id;
    }

    /** When it was made; {@code now} for what would be to come. */
    static Instant time(String id, Instant now) {
        Instant at = Instant.ofEpochMilli((Long.parseLong(id) >>> TIME) + X_EPOCH);
        return at.isAfter(now.plus(Duration.ofDays(1))) ? now : at;
    }

    /** The first of a moment: what was written earlier has a smaller one. */
    static long first(Instant at) {
        return Math.max(0, at.toEpochMilli() - X_EPOCH) << TIME;
    }
}
