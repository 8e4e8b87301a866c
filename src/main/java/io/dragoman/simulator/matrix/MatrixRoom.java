// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A room: its events in the order of the server's stream, who is in it, and how far who has read. For one thread. */
final class MatrixRoom {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String id;
    private final List<Entry> events = new ArrayList<>();
    private final Map<String, ObjectNode> members = new LinkedHashMap<>();
    private final List<Entry> receipts = new ArrayList<>();

    MatrixRoom(String id) {
        this.id = id;
    }

    /** @param at its place in the stream */
    record Entry(long at, ObjectNode json) {
        @Override
        public String toString() {
            return "Entry[" + at + "]";
        }
    }

    String id() {
        return id;
    }

    /** Whether anybody may come. */
    boolean isOpen() {
        return events.stream()
                .anyMatch(entry ->
                        entry.json().path("content").path("join_rule").asText().equals("public"));
    }

    void add(long at, ObjectNode event) {
        events.add(new Entry(at, event));
        if (event.path("type").asText().equals("m.room.member")) {
            ObjectNode before = members.put(event.path("state_key").asText(), event);
            if (before != null) {
                event.withObject("unsigned").set("prev_content", before.path("content"));
            }
        }
        if (event.path("type").asText().equals("m.room.redaction")) {
            String target = event.path("content").path("redacts").asText();
            find(target).ifPresent(gone -> {
                gone.putObject("content");
                gone.withObject("unsigned").set("redacted_because", event.deepCopy());
            });
        }
    }

    void read(long at, String event, String user, long now) {
        ObjectNode receipt = JSON.createObjectNode();
        receipt.putObject(event).putObject("m.read").putObject(user).put("ts", now);
        receipts.add(new Entry(at, receipt));
    }

    Optional<ObjectNode> find(String event) {
        return events.stream()
                .map(Entry::json)
                .filter(one -> one.path("event_id").asText().equals(event))
                .findFirst();
    }

    String membership(String user) {
        ObjectNode member = members.get(user);
        return member == null ? "leave" : member.at("/content/membership").asText();
    }

    @Nullable
    ObjectNode member(String user) {
        return members.get(user);
    }

    /** Those who are there, in the order in which they were first heard of. */
    List<String> joined() {
        return members.keySet().stream()
                .filter(user -> membership(user).equals("join"))
                .toList();
    }

    /** The first beside one user who is there or invited; empty for nobody. */
    String other(String user) {
        return members.keySet().stream()
                .filter(one -> !one.equals(user) && membership(one).matches("join|invite"))
                .findFirst()
                .orElse("");
    }

    /** When a user's membership changed last. */
    long changed(String user) {
        ObjectNode member = members.get(user);
        String id = member == null ? "" : member.path("event_id").asText();
        return events.stream()
                .filter(entry -> entry.json().path("event_id").asText().equals(id))
                .mapToLong(Entry::at)
                .findFirst()
                .orElse(-1);
    }

    /** Events after one place and up to another. */
    List<Entry> between(long after, long until) {
        return events.stream()
                .filter(entry -> entry.at() > after && entry.at() <= until)
                .toList();
    }

    /** As they stand in an answer to a user, whose own keys are shown to nobody else. */
    static ObjectNode shown(ObjectNode event, String user) {
        ObjectNode copy = event.deepCopy();
        if (!event.path("sender").asText().equals(user) && copy.path("unsigned") instanceof ObjectNode unsigned) {
            unsigned.remove("transaction_id");
        }
        return copy;
    }

    /** A message as its reader sees it: the text, or a line such as {@code [image] caption}. */
    static String words(JsonNode content) {
        String type = content.path("msgtype").asText();
        String body = content.path("body").asText();
        if (type.equals("m.text") || type.equals("m.notice")) {
            return body;
        }
        boolean name = !type.equals("m.location")
                && body.equals(content.path("filename").asText(body));
        return ("[" + type.replaceFirst("^m\\.", "") + "] " + (name ? "" : body)).strip();
    }

    /** What somebody who is invited is shown of it. */
    ObjectNode invitation(String user) {
        ObjectNode room = JSON.createObjectNode();
        ArrayNode state = room.putObject("invite_state").putArray("events");
        state.addObject()
                .put("type", "m.room.create")
                .put("state_key", "")
                .put("sender", events.get(0).json().path("sender").asText())
                .putObject("content")
                .put("room_version", "12");
        ObjectNode member = members.get(user);
        if (member != null) {
            ObjectNode stripped = state.addObject()
                    .put("type", "m.room.member")
                    .put("state_key", user)
                    .put("sender", member.path("sender").asText());
            stripped.set("content", member.path("content").deepCopy());
        }
        return room;
    }

    /**
     * What is new to somebody who is there, or was until now.
     *
     * @param most events at most; of more the last ones are there, and {@code limited} says so
     */
    ObjectNode news(String user, long since, long until, int most, boolean withReceipts) {
        boolean isNew = membership(user).equals("join") && changed(user) > since && !wasThere(user);
        List<Entry> all = between(isNew ? -1 : since, until);
        List<Entry> last = all.subList(Math.max(0, all.size() - most), all.size());
        ObjectNode room = JSON.createObjectNode();
        ObjectNode timeline = room.putObject("timeline");
        ArrayNode shown = timeline.putArray("events");
        last.forEach(entry -> shown.add(withoutRoom(shown(entry.json(), user))));
        timeline.put("limited", last.size() < all.size());
        timeline.put("prev_batch", "t" + (last.isEmpty() ? until : last.get(0).at() - 1));
        ArrayNode ephemeral = room.putObject("ephemeral").putArray("events");
        for (Entry receipt : receipts) {
            if (withReceipts && receipt.at() > since && receipt.at() <= until) {
                ephemeral.addObject().put("type", "m.receipt").set("content", receipt.json());
            }
        }
        return room;
    }

    /** Whether the last change of a member's was of their name alone. */
    private boolean wasThere(String user) {
        ObjectNode member = members.get(user);
        return member != null
                && member.at("/unsigned/prev_content/membership").asText().equals("join");
    }

    private static JsonNode withoutRoom(ObjectNode event) {
        event.remove("room_id");
        return event;
    }
}
