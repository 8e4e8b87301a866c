// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import java.time.Duration;
import java.time.Instant;

/** Discord's ids: milliseconds since 2015, and 22 bits more, so that a later one is greater. */
final class Snowflake {
    private static final long DISCORD_EPOCH = 1_420_070_400_000L;
    private static final int TIME = 22;

    private Snowflake() {}

    static boolean is(String id) {
        return id.matches("[1-9]\\d{0,18}") && (id.length() < 19 || id.compareTo("9223372036854775807") <= 0);
    }

    /** An id that must be there. */
    static String of(JsonFields object, String name) throws MalformedPayload {
        String id = object.text(name);
        if (!is(id)) {
            throw new MalformedPayload(object.at(name) + " must be an id, a whole number");
        }
        return id;
    }

    /** When it was made; {@code now} for what would be to come. */
    static Instant time(String id, Instant now) {
        Instant at = Instant.ofEpochMilli((Long.parseLong(id) >>> TIME) + DISCORD_EPOCH);
        return at.isAfter(now.plus(Duration.ofDays(1))) ? now : at;
    }

    /** The first of a moment: what was written earlier has a smaller one. */
    static long first(Instant at) {
        return Math.max(0, at.toEpochMilli() - DISCORD_EPOCH) << TIME;
    }
}
