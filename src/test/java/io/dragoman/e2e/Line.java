// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** A channel as its provider speaks, with ids, times and an order of the test's choice. */
abstract class Line {
    final World world;
    final Provider provider;
    final String channel;

    Line(World world, String channel) {
        this.world = world;
        this.provider = new Provider(world);
        this.channel = channel;
    }

    /** Hands over events in one delivery, as far as the provider does that; the gateway must take it. */
    abstract void deliver(ObjectNode... events);

    /** A customer's text; {@code id} is new and rises. */
    abstract ObjectNode message(int customer, int id, String text, Instant at);

    /** Whether one delivery can hold more than one event. */
    boolean batches() {
        return false;
    }

    /** Whether ids of later events may be lower. */
    boolean anyOrder() {
        return true;
    }

    static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }

    void taken(int status) {
        if (status != 200) {
            throw new AssertionError(channel + " answered " + status);
        }
    }

    @Override
    public String toString() {
        return channel;
    }

    /** What some channels tell of earlier messages. */
    interface News {
        ObjectNode edit(int customer, int id, int original, String text, Instant at);

        ObjectNode reaction(int customer, int id, String original, String emoji);

        /** The id that the gateway keeps for a customer's message. */
        String externalId(int customer, int id);
    }

    /** What some channels tell of our messages. */
    interface Receipts {
        /** The next message that we send gets this id from the provider. */
        void answers(int customer, String id);

        ObjectNode receipt(int customer, String id, String status);

        /** The key of that receipt's event. */
        default String key(String id, String status) {
            return id + "|" + status;
        }
    }

    /** Meta's Cloud API: many events in one webhook. */
    static final class WhatsApp extends Line implements News, Receipts {
        WhatsApp(World world) {
            super(world, "wa");
        }

        @Override
        void deliver(ObjectNode... events) {
            ObjectNode root = object().put("object", "whatsapp_business_account");
            ObjectNode change = root.putArray("entry")
                    .addObject()
                    .put("id", "1")
                    .putArray("changes")
                    .addObject()
                    .put("field", "messages");
            ObjectNode value = change.putObject("value").put("messaging_product", "whatsapp");
            value.putObject("metadata")
                    .put("phone_number_id", world.whatsapp.settings().get("phoneNumberId"));
            ArrayNode messages = value.putArray("messages");
            ArrayNode statuses = value.putArray("statuses");
            for (ObjectNode event : events) {
                (event.has("status") ? statuses : messages).add(event);
            }
            taken(provider.signed(channel, Json.write(root)));
        }

        private static ObjectNode element(int customer, int id, Instant at, String type) {
            return object().put("from", "49300" + customer)
                    .put("id", "wamid.test" + id)
                    .put("timestamp", Long.toString(at.getEpochSecond()))
                    .put("type", type);
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            ObjectNode message = element(customer, id, at, "text");
            message.putObject("text").put("body", text);
            return message;
        }

        @Override
        public ObjectNode edit(int customer, int id, int original, String text, Instant at) {
            ObjectNode edit = element(customer, id, at, "edit");
            edit.putObject("edit")
                    .put("original_message_id", externalId(customer, original))
                    .set("message", message(customer, original, text, at));
            return edit;
        }

        @Override
        public ObjectNode reaction(int customer, int id, String original, String emoji) {
            ObjectNode reaction = element(customer, id, Instant.now(), "reaction");
            reaction.putObject("reaction").put("message_id", original).put("emoji", emoji);
            return reaction;
        }

        @Override
        public String externalId(int customer, int id) {
            return "wamid.test" + id;
        }

        @Override
        public void answers(int customer, String id) {
            world.whatsapp.answerNext(
                    200, Map.of(), "{\"messaging_product\":\"whatsapp\",\"messages\":[{\"id\":\"" + id + "\"}]}");
        }

        @Override
        public ObjectNode receipt(int customer, String id, String status) {
            return object().put("id", id)
                    .put("status", status)
                    .put("recipient_id", "49300" + customer)
                    .put("timestamp", Long.toString(Instant.now().getEpochSecond()));
        }

        @Override
        boolean batches() {
            return true;
        }
    }

    /** Messente: texts and reports, one a webhook. */
    static final class Messente extends Line implements Receipts {
        private static final Map<String, String> WORDS =
                Map.of("sent", "ACK", "delivered", "DELIVRD", "read", "SEEN", "failed", "UNDELIV");

        Messente(World world) {
            super(world, "texts");
        }

        @Override
        void deliver(ObjectNode... events) {
            for (ObjectNode event : events) {
                taken(provider.signed(channel, Json.write(event)));
            }
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            return object().put("msg_id", "test-" + id)
                    .put("sender", "+372550" + customer)
                    .put("recipient", "+37251000")
                    .put("text", text)
                    .put("time", at.toString())
                    .put("channel", "sms");
        }

        @Override
        public void answers(int customer, String id) {
            world.messente.answerNext(201, Map.of(), "{\"messages\":[{\"message_id\":\"" + id + "\"}]}");
        }

        @Override
        public ObjectNode receipt(int customer, String id, String status) {
            return object().put("message_id", id)
                    .put("to", "+372550" + customer)
                    .put("status", WORDS.get(status))
                    .put("err", 0);
        }

        @Override
        public String key(String id, String status) {
            return id + "|" + WORDS.get(status);
        }
    }

    /** Twilio: one event in a form. */
    static final class Sms extends Line implements Receipts {
        Sms(World world) {
            super(world, "sms");
        }

        @Override
        void deliver(ObjectNode... events) {
            for (ObjectNode event : events) {
                Map<String, String> form = new java.util.TreeMap<>();
                event.properties()
                        .forEach(field ->
                                form.put(field.getKey(), field.getValue().asText()));
                taken(provider.form(form));
            }
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            return object().put("MessageSid", "SM" + id + "00test")
                    .put("From", "+49170" + customer)
                    .put("To", "+15550100")
                    .put("Body", text)
                    .put("SmsStatus", "received");
        }

        @Override
        public void answers(int customer, String id) {
            world.twilio.answerNext(201, Map.of(), "{\"sid\":\"" + id + "\",\"status\":\"queued\"}");
        }

        @Override
        public ObjectNode receipt(int customer, String id, String status) {
            return object().put("MessageSid", id)
                    .put("MessageStatus", status)
                    .put("To", "+49170" + customer)
                    .put("From", "+15550100");
        }
    }

    /** Telegram, by webhook or asked for. */
    static final class Telegram extends Line implements News {
        private final boolean polled;

        Telegram(World world, boolean polled) {
            super(world, polled ? "tg-poll" : "tg");
            this.polled = polled;
        }

        @Override
        void deliver(ObjectNode... updates) {
            for (ObjectNode update : updates) {
                if (polled) {
                    world.polled.queues(update);
                } else {
                    taken(provider.signed(channel, Json.write(update)));
                }
            }
        }

        private long chat(int customer) {
            return (polled ? world.polled : world.telegram).chatOf("Customer" + customer);
        }

        private ObjectNode update(int customer, int id, String type, int message, Instant at) {
            ObjectNode update = object().put("update_id", 5_000_000 + id);
            ObjectNode content =
                    update.putObject(type).put("message_id", message).put("date", at.getEpochSecond());
            content.putObject("chat").put("id", chat(customer)).put("type", "private");
            ObjectNode person = object().put("id", chat(customer)).put("first_name", "C");
            content.set(type.equals("message_reaction") ? "user" : "from", person);
            return update;
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            ObjectNode update = update(customer, id, "message", id, at);
            ((ObjectNode) update.get("message")).put("text", text);
            return update;
        }

        @Override
        public ObjectNode edit(int customer, int id, int original, String text, Instant at) {
            ObjectNode update = update(customer, id, "edited_message", original, at);
            ((ObjectNode) update.get("edited_message")).put("text", text).put("edit_date", at.getEpochSecond());
            return update;
        }

        @Override
        public ObjectNode reaction(int customer, int id, String original, String emoji) {
            int message = Integer.parseInt(original.substring(original.indexOf(':') + 1));
            ObjectNode update = update(customer, id, "message_reaction", message, Instant.now());
            ObjectNode reaction = (ObjectNode) update.get("message_reaction");
            reaction.putArray("old_reaction");
            reaction.putArray("new_reaction").addObject().put("type", "emoji").put("emoji", emoji);
            return update;
        }

        @Override
        public String externalId(int customer, int id) {
            return chat(customer) + ":" + id;
        }

        @Override
        boolean anyOrder() {
            return !polled; // update_id rises, and what is below the offset is forgotten
        }
    }

    /** A page on Messenger or an account on Instagram: many events in one webhook. */
    static final class Messaging extends Line implements News {
        private final String object;
        private final String account;

        private Messaging(World world, String channel, String object, String id) {
            super(world, channel);
            this.object = object;
            this.account = world.simulator(channel).settings().get(id);
        }

        static Messaging messenger(World world) {
            return new Messaging(world, "page", "page", "pageId");
        }

        static Messaging instagram(World world) {
            return new Messaging(world, "insta", "instagram", "instagramId");
        }

        @Override
        void deliver(ObjectNode... events) {
            ObjectNode root = object().put("object", object);
            ArrayNode messaging =
                    root.putArray("entry").addObject().put("id", account).putArray("messaging");
            for (ObjectNode event : events) {
                messaging.add(event);
            }
            taken(provider.signed(channel, Json.write(root)));
        }

        private ObjectNode element(int customer, Instant at) {
            ObjectNode element = object().put("timestamp", at.toEpochMilli());
            element.putObject("sender").put("id", "psid" + customer);
            element.putObject("recipient").put("id", account);
            return element;
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            ObjectNode element = element(customer, at);
            element.putObject("message").put("mid", channel + "_" + id).put("text", text);
            return element;
        }

        @Override
        public ObjectNode edit(int customer, int id, int original, String text, Instant at) {
            ObjectNode element = element(customer, at);
            element.putObject("message_edit")
                    .put("mid", channel + "_" + original)
                    .put("text", text);
            return element;
        }

        @Override
        public ObjectNode reaction(int customer, int id, String original, String emoji) {
            ObjectNode element = element(customer, Instant.now());
            element.putObject("reaction")
                    .put("mid", original)
                    .put("action", "react")
                    .put("emoji", emoji);
            return element;
        }

        @Override
        public String externalId(int customer, int id) {
            return channel + "_" + id;
        }

        @Override
        boolean batches() {
            return true;
        }
    }

    /** Comments on a page's posts: each customer's stand below one. */
    static final class Comments extends Line {
        Comments(World world) {
            super(world, "feed");
        }

        @Override
        void deliver(ObjectNode... events) {
            ObjectNode root = object().put("object", "page");
            ArrayNode changes = root.putArray("entry")
                    .addObject()
                    .put("id", world.facebook.settings().get("pageId"))
                    .putArray("changes");
            for (ObjectNode event : events) {
                changes.addObject().put("field", "feed").set("value", event);
            }
            taken(provider.signed(channel, Json.write(root)));
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            ObjectNode value = object().put("item", "comment").put("verb", "add");
            value.putObject("from").put("id", Integer.toString(customer));
            return value.put("post_id", "1_1")
                    .put("parent_id", "1_" + customer)
                    .put("comment_id", "1_" + id)
                    .put("created_time", at.getEpochSecond())
                    .put("message", text);
        }

        @Override
        boolean batches() {
            return true;
        }
    }

    /** A mailbox: copies lie there side by side. */
    static final class Mail extends Line {
        Mail(World world) {
            super(world, "post");
        }

        @Override
        void deliver(ObjectNode... events) {
            for (ObjectNode event : events) {
                world.mail.drop(event.path("mail").asText().getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        ObjectNode message(int customer, int id, String text, Instant at) {
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atZone(ZoneOffset.UTC));
            return object().put(
                            "mail",
                            String.join(
                                    "\r\n",
                                    "From: c" + customer + "@customer.example",
                                    "To: support@shop.example",
                                    "Subject: Question",
                                    "Message-ID: <test" + id + "@customer.example>",
                                    "In-Reply-To: <test" + customer * 1000 + "@customer.example>",
                                    "Date: " + date,
                                    "Content-Type: text/plain; charset=utf-8",
                                    "",
                                    text,
                                    ""));
        }

        @Override
        boolean batches() {
            return true;
        }
    }
}
