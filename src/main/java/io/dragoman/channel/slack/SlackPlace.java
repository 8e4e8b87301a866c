// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where something was written, as text {@code channel[/thread]}. In a channel that many see, each message that is in no
 * thread begins one: the answer goes below it.
 */
final class SlackPlace {
    private SlackPlace() {}

    /** @param ts of the message itself */
    static String address(String channel, String ts, JsonFields message) {
        String thread = message.word("thread_ts");
        boolean direct = channel.startsWith("D");
        return thread != null ? channel + "/" + thread : direct ? channel : channel + "/" + ts;
    }

    /** Where a message of ours goes, as {@code chat.postMessage} takes it. */
    static ObjectNode of(ToCustomer message) {
        String[] place = message.address().split("/", 2);
        ObjectNode body = Json.mapper().createObjectNode().put("channel", place[0]);
        return place.length > 1 ? body.put("thread_ts", place[1]) : body;
    }

    /** A direct chat is one conversation; each thread is one of its own. */
    static Threading threading(String address) {
        return address.contains("/") ? new Threading(address, null, List.of(), null) : Threading.NONE;
    }

    static CustomerEvent.Sender sender(String address, String user, @Nullable String name) {
        return new CustomerEvent.Sender(address, List.of(new Identity("slack", user, true)), name, null);
    }

    /** From seconds and microseconds since 1970, as text; times are stored in milliseconds. */
    static Instant time(String ts, Instant otherwise) {
        if (!ts.matches("\\d{1,10}\\.\\d{6}")) {
            return otherwise;
        }
        int dot = ts.indexOf('.');
        long seconds = Long.parseLong(ts.substring(0, dot));
        return Instant.ofEpochMilli(seconds * 1000 + Long.parseLong(ts.substring(dot + 1)) / 1000);
    }
}
