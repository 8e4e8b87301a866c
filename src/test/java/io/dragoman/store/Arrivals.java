// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.connector.Request;
import io.dragoman.message.Event;
import io.dragoman.message.Identity;
import io.dragoman.message.Part;
import io.dragoman.store.Events.Arrived;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** What arrives in tests of the store: messages of one line. */
final class Arrivals {
    private Arrivals() {}

    /** Ids in rising order. */
    static Supplier<String> ids() {
        AtomicLong last = new AtomicLong();
        return () -> String.format("%012d", last.incrementAndGet());
    }

    /** One message; its body's hash is as different as its text. */
    static Arrived message(String sender, String key, String text) {
        Instant at = Instant.ofEpochMilli(1_000);
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        Event event = Event.MessageReceived.of(
                key,
                at,
                new Event.Sender(sender, List.of(new Identity("test", sender, true)), null, null),
                key,
                List.of(new Part.Text(text)),
                null);
        return new Arrived(
                "shop",
                Request.polled("test", body, at),
                body,
                null,
                Integer.toHexString(text.hashCode()),
                List.of(event),
                null,
                Events.State.DEAD);
    }
}
