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

    /** WeChat: one message in a webhook, as accounts have it that chose JSON. */
    static final class WeChat extends io.dragoman.e2e.Line {
        WeChat(World world) {
            super(world, "wechat");
        }

        @Override
        void deliver(ObjectNode... events) {
            for (ObjectNode event : events) {
                taken(provider.signed(channel, Json.write(event)));
            }
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            return object().put("ToUserName", "gh_10f6c3c3ac5a")
                    .put("FromUserName", "o" + customer)
                    .put("CreateTime", at.getEpochSecond())
                    .put("MsgType", "text")
                    .put("Content", text)
                    .put("MsgId", 24_000_000_000_000_000L + id);
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

    /** Microsoft Teams: one activity in a webhook. */
    static final class Teams extends io.dragoman.e2e.Line implements io.dragoman.e2e.Line.News {
        Teams(World world) {
            super(world, "teams");
        }

        @Override
        void deliver(ObjectNode... events) {
            for (ObjectNode event : events) {
                taken(provider.signed(channel, Json.write(event)));
            }
        }

        private ObjectNode activity(String type, int customer, int id, Instant at) {
            ObjectNode activity = object().put("type", type)
                    .put("id", Integer.toString(id))
                    .put("timestamp", at.toString())
                    .put("channelId", "msteams")
                    .put("serviceUrl", world.teams.settings().get("baseUrl") + "/");
            activity.putObject("from").put("id", "29:" + customer).put("name", "Ana");
            activity.putObject("conversation").put("id", "a:" + customer).put("conversationType", "personal");
            return activity;
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            return activity("message", customer, id, at).put("text", text);
        }

        @Override
        public ObjectNode edit(int customer, int id, int original, String text, Instant at) {
            ObjectNode activity =
                    activity("messageUpdate", customer, original, at).put("text", text);
            activity.putObject("channelData").put("eventType", "editMessage");
            return activity;
        }

        @Override
        public ObjectNode reaction(int customer, int id, String original, String emoji) {
            ObjectNode activity = activity("messageReaction", customer, id, Instant.now())
                    .put("replyToId", original.substring(original.indexOf('/') + 1));
            activity.putArray("reactionsAdded").addObject().put("type", "like");
            return activity;
        }

        @Override
        public String externalId(int customer, int id) {
            return "a:" + customer + "/" + id;
        }
    }

    /** Discord: events of one session, in their order. */
    static final class Discord extends io.dragoman.e2e.Line implements io.dragoman.e2e.Line.News {
        Discord(World world) {
            super(world, "discord");
        }

        @Override
        void deliver(ObjectNode... events) {
            world.discord.gateway().awaitSession();
            for (ObjectNode event : events) {
                ObjectNode data = event.deepCopy();
                world.discord.tells(data.remove("event").asText(), data);
            }
        }

        private static ObjectNode event(String type, int customer) {
            return object().put("event", type).put("channel_id", "9" + customer);
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            ObjectNode event = event("MESSAGE_CREATE", customer)
                    .put("id", Integer.toString(id))
                    .put("type", 0)
                    .put("content", text);
            event.putObject("author").put("id", "8" + customer).put("username", "ana");
            return event;
        }

        @Override
        public ObjectNode edit(int customer, int id, int original, String text, Instant at) {
            return message(customer, original, text, at)
                    .put("event", "MESSAGE_UPDATE")
                    .put("edited_timestamp", at.toString());
        }

        @Override
        public ObjectNode reaction(int customer, int id, String original, String emoji) {
            ObjectNode event = event("MESSAGE_REACTION_ADD", customer).put("user_id", "8" + customer);
            event.put("message_id", original).putObject("emoji").putNull("id").put("name", emoji);
            return event;
        }

        @Override
        public String externalId(int customer, int id) {
            return Integer.toString(id);
        }
    }

    /** Matrix: events of other servers, in the order in which the account's own server takes them. */
    static final class Matrix extends io.dragoman.e2e.Line {
        Matrix(World world) {
            super(world, "matrix");
        }

        @Override
        void deliver(ObjectNode... events) {
            for (ObjectNode event : events) {
                ObjectNode raw = event.deepCopy();
                world.matrix.brings(raw.remove("room").asText(), raw);
            }
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            ObjectNode event = object().put("room", world.matrix.direct("Ana" + customer))
                    .put("event_id", "$test" + id)
                    .put("type", "m.room.message")
                    .put("sender", world.matrix.user("Ana" + customer))
                    .put("origin_server_ts", at.toEpochMilli());
            event.putObject("content").put("msgtype", "m.text").put("body", text);
            return event;
        }
    }
}
