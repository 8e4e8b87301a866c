// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.store.Events.Arrived;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** What arrives in tests of the store: messages of one line. */
public final class Arrivals {
    private Arrivals() {}

    /** Ids in rising order. */
    public static Supplier<String> ids() {
        AtomicLong last = new AtomicLong();
        return () -> String.format("%012d", last.incrementAndGet());
    }

    /** One message; its body's hash is as different as its text. */
    public static Arrived message(String sender, String key, String text) {
        return message("shop", sender, key, text);
    }

    /** One message that says its key, on a channel. */
    public static Arrived from(String channel, String sender, String key) {
        return message(channel, sender, key, key);
    }

    private static Arrived message(String channel, String sender, String key, String text) {
        Instant at = Instant.ofEpochMilli(1_000);
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        Event event = CustomerEvent.MessageReceived.of(
                key,
                at,
                new CustomerEvent.Sender(sender, List.of(new Identity("test", sender, true)), null, null),
                key,
                List.of(new Part.Text(text)),
                null);
        return new Arrived(
                channel,
                Request.polled("test", body, at),
                body,
                null,
                Integer.toHexString(text.hashCode()),
                List.of(event),
                null);
    }
}
