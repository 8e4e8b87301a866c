// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Json;
import java.time.Instant;
import java.util.List;

/** Messengers that one account each speaks to, as their providers speak. */
final class ChatLine {
    private ChatLine() {}

    /** LINE: many events in one webhook. */
    static final class Line extends io.dragoman.e2e.Line {
        Line(World world) {
            super(world, "line");
        }

        @Override
        void deliver(ObjectNode... events) {
            ObjectNode root = object().put("destination", "U1");
            ArrayNode all = root.putArray("events");
            all.addAll(List.of(events));
            taken(provider.signed(channel, Json.write(root)));
        }

        @Override
        boolean batches() {
            return true;
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            ObjectNode event = object().put("type", "message")
                    .put("mode", "active")
                    .put("timestamp", at.toEpochMilli())
                    .put("webhookEventId", "01TEST" + id);
            event.putObject("source").put("type", "user").put("userId", "U" + customer);
            event.putObject("message")
                    .put("id", Integer.toString(id))
                    .put("type", "text")
                    .put("text", text);
            return event;
        }
    }

    /** Viber: one event in a webhook. */
    static final class Viber extends io.dragoman.e2e.Line {
        Viber(World world) {
            super(world, "viber");
        }

        @Override
        void deliver(ObjectNode... events) {
            for (ObjectNode event : events) {
                taken(provider.signed(channel, Json.write(event)));
            }
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            ObjectNode event = object().put("event", "message")
                    .put("timestamp", at.toEpochMilli())
                    .put("message_token", 5_900_000_000_000_000_000L + id);
            event.putObject("sender").put("id", "viber" + customer + "==").put("name", "Ana");
            event.putObject("message").put("type", "text").put("text", text);
            return event;
        }
    }
}
