// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

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

    /** Slack: one event in a webhook. */
    static final class Slack extends io.dragoman.e2e.Line implements io.dragoman.e2e.Line.News {
        Slack(World world) {
            super(world, "slack");
        }

        @Override
        void deliver(ObjectNode... events) {
            for (ObjectNode event : events) {
                taken(provider.signed(channel, Json.write(event)));
            }
        }

        private static ObjectNode outer(int id, Instant at) {
            return object().put("type", "event_callback")
                    .put("event_id", "Ev" + id)
                    .put("event_time", at.getEpochSecond());
        }

        private static String ts(int id) {
            return "1790000000." + String.format(Locale.ROOT, "%06d", id);
        }

        private static ObjectNode event(ObjectNode outer, int customer, String type) {
            return outer.putObject("event").put("type", type).put("channel", "D" + customer);
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            ObjectNode outer = outer(id, at);
            event(outer, customer, "message")
                    .put("user", "U" + customer)
                    .put("ts", ts(id))
                    .put("text", text);
            return outer;
        }

        @Override
        public ObjectNode edit(int customer, int id, int original, String text, Instant at) {
            ObjectNode outer = outer(id, at);
            ObjectNode message = event(outer, customer, "message")
                    .put("subtype", "message_changed")
                    .putObject("message");
            message.put("user", "U" + customer).put("ts", ts(original)).put("text", text);
            message.putObject("edited").put("user", "U" + customer);
            return outer;
        }

        @Override
        public ObjectNode reaction(int customer, int id, String original, String emoji) {
            ObjectNode outer = outer(id, Instant.now());
            event(outer, customer, "reaction_added")
                    .put("reaction", "thumbsup")
                    .putObject("item")
                    .put("channel", "D" + customer)
                    .put("ts", original.substring(original.indexOf(':') + 1));
            return outer;
        }

        @Override
        public String externalId(int customer, int id) {
            return "D" + customer + ":" + ts(id);
        }
    }
}
