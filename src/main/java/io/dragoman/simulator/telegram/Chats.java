// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.telegram;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorIds;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The people and groups that a bot knows, with what was said. Thread-safe. */
final class Chats {
    /** Wider than 32 bits, as real ones are. */
    private static final long FIRST_PERSON = 7_000_000_001L;

    private static final String DIRECT = "direct";

    private final Map<String, Chat> byName = new LinkedHashMap<>();
    private final SimulatorIds ids;

    Chats(SimulatorIds ids) {
        this.ids = ids;
    }

    /** The private chat with a person. */
    synchronized Chat person(String name) {
        return byName.computeIfAbsent(name, key -> new Chat(ids.first(), key, FIRST_PERSON + byName.size(), "private"));
    }

    /** A group; supergroups have ids of their own kind. */
    synchronized Chat group(String title) {
        return byName.computeIfAbsent(
                title, key -> new Chat(ids.first(), key, -1_001_000_000_001L - byName.size(), "supergroup"));
    }

    /** The chat in which people write to a channel, each in a topic of their own. */
    synchronized Chat direct(String title) {
        return byName.computeIfAbsent(
                title, key -> new Chat(ids.first(), key, -1_002_000_000_001L - byName.size(), DIRECT));
    }

    synchronized Optional<Chat> find(long id) {
        Collection<Chat> all = byName.values();
        return all.stream().filter(chat -> chat.id == id).findFirst();
    }

    /** One chat and its messages, numbered in their order. Thread-safe. */
    static final class Chat {
        private final String name;
        private final String type;
        private final Map<Long, ObjectNode> messages = new TreeMap<>();
        private long id;
        private long formerId;
        private long last;
        private long lastIn;
        private long lastOut;
        private boolean started;
        private boolean blocked;
        private String language = "en";

        Chat(long first, String name, long id, String type) {
            this.last = first;
            this.name = name;
            this.id = id;
            this.type = type;
        }

        String name() {
            return name;
        }

        boolean direct() {
            return type.equals(DIRECT);
        }

        synchronized long id() {
            return id;
        }

        synchronized long lastIn() {
            return lastIn;
        }

        synchronized long lastOut() {
            return lastOut;
        }

        synchronized boolean started() {
            return started;
        }

        synchronized boolean blocked() {
            return blocked;
        }

        synchronized void block(boolean yes) {
            blocked = yes;
        }

        /** The language of the person's app, as a tag. */
        synchronized void speaks(String tag) {
            language = tag;
        }

        /** The group becomes another kind of group, with another id. */
        synchronized void move() {
            formerId = id;
            id -= 1_000_000;
        }

        synchronized boolean wasAt(long former) {
            return formerId != 0 && formerId == former;
        }

        /** A new message; whoever wrote first started the chat. */
        synchronized ObjectNode add(ObjectNode from, boolean incoming) {
            ObjectNode message = JsonNodeFactory.instance.objectNode().put("message_id", ++last);
            message.set("from", from);
            message.set("chat", json());
            message.put("date", Instant.now().getEpochSecond());
            messages.put(last, message);
            if (incoming) {
                started = true;
                blocked = false;
                lastIn = last;
            } else {
                lastOut = last;
            }
            return message;
        }

        synchronized Optional<ObjectNode> message(long number) {
            return Optional.ofNullable(messages.get(number));
        }

        synchronized ObjectNode json() {
            ObjectNode chat =
                    JsonNodeFactory.instance.objectNode().put("id", id).put("type", direct() ? "supergroup" : type);
            if (direct()) {
                chat.put("is_direct_messages", true);
            }
            return chat.put(type.equals("private") ? "first_name" : "title", name);
        }

        /** The person of a private chat. */
        synchronized ObjectNode user() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("id", id())
                    .put("is_bot", false)
                    .put("first_name", name)
                    .put("language_code", language);
        }
    }

    /** Who was at this id before the group moved. */
    synchronized Optional<Chat> moved(long former) {
        return byName.values().stream().filter(chat -> chat.wasAt(former)).findFirst();
    }
}
