// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorIds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All rooms of a homeserver, and the stream of what happens in them. Thread-safe. */
final class MatrixRooms {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("[st](\\d{1,18})");
    private static final int LARGEST_EVENT = 65_536;

    private final SimulatorIds ids;
    private final Map<String, MatrixRoom> rooms = new LinkedHashMap<>();
    private final Map<String, String> sent = new LinkedHashMap<>();
    private final Map<String, Boolean> typing = new LinkedHashMap<>();
    private long stream;
    private boolean closed;

    MatrixRooms(SimulatorIds ids) {
        this.ids = ids;
        this.stream = ids.first();
    }

    /** Makes a room; since version 12 its id names no server. */
    synchronized String create(String creator, String name) {
        MatrixRoom room = new MatrixRoom("!room" + ids.next());
        rooms.put(room.id(), room);
        ObjectNode version = JSON.createObjectNode().put("room_version", "12");
        add(room, creator, "m.room.create", "", version, null);
        member(room.id(), creator, creator, "join", name, false);
        return room.id();
    }

    /**
     * Another room takes the place of one, whose version is changed: its members go there.
     *
     * @param left who does not go there by themselves
     * @param open whether anybody may, else {@code left} is invited a moment later
     */
    synchronized String upgrade(String room, String sender, String left, boolean open) {
        MatrixRoom old = room(room);
        String next = create(sender, sender);
        if (open) {
            add(
                    room(next),
                    sender,
                    "m.room.join_rules",
                    "",
                    JSON.createObjectNode().put("join_rule", "public"),
                    null);
        }
        old.joined().stream()
                .filter(user -> !user.equals(left) && !user.equals(sender))
                .forEach(user -> member(next, user, user, "join", "", false));
        ObjectNode end = JSON.createObjectNode().put("body", "This room has been replaced");
        add(old, sender, "m.room.tombstone", "", end.put("replacement_room", next), null);
        return next;
    }

    /** Somebody comes, goes, is invited or changes their name. */
    synchronized void member(String room, String sender, String user, String membership, String name, boolean direct) {
        ObjectNode content = JSON.createObjectNode().put("membership", membership);
        if (!name.isEmpty()) {
            content.put("displayname", name);
        }
        if (direct) {
            content.put("is_direct", true);
        }
        add(room(room), sender, "m.room.member", user, content, null);
    }

    /** Somebody sends an event. Returns its id. */
    synchronized String event(String room, String sender, String type, ObjectNode content) {
        return add(room(room), sender, type, null, content, null);
    }

    /** The same by the API: under the same key it is the same event. */
    synchronized String send(String room, String sender, String type, String key, JsonNode content) throws MatrixError {
        MatrixRoom found = there(room, sender);
        if (!(content instanceof ObjectNode fields)) {
            throw new MatrixError(400, "M_NOT_JSON", "Content not JSON.");
        }
        if (fields.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST_EVENT - 1000) {
            throw new MatrixError(413, "M_TOO_LARGE", "event too large");
        }
        boolean message = type.equals("m.room.message");
        if (message
                && !(fields.path("msgtype").isTextual() && fields.path("body").isTextual())) {
            throw new MatrixError(400, "M_BAD_JSON", "msgtype and body must be strings");
        }
        String once = once(room, type, key);
        String before = sent.get(once);
        if (before != null) {
            return before;
        }
        String id = add(found, sender, type, null, fields.deepCopy(), key);
        sent.put(once, id);
        typing.remove(room + " " + sender);
        return id;
    }

    /** Whether there is an event of a key. */
    synchronized boolean isSent(String room, String type, String key) {
        return sent.containsKey(once(room, type, key));
    }

    private static String once(String room, String type, String key) {
        return room + " " + type + " " + key;
    }

    private String add(
            MatrixRoom room,
            String sender,
            String type,
            @Nullable String stateKey,
            ObjectNode content,
            @Nullable String key) {
        String id = "$event" + ids.next();
        ObjectNode event = JSON.createObjectNode()
                .put("event_id", id)
                .put("type", type)
                .put("sender", sender)
                .put("room_id", room.id())
                .put("origin_server_ts", System.currentTimeMillis());
        event.set("content", content);
        ObjectNode unsigned = event.putObject("unsigned").put("age", 1);
        if (stateKey != null) {
            event.put("state_key", stateKey);
        }
        if (key != null) {
            unsigned.put("transaction_id", key);
        }
        room.add(++stream, event);
        notifyAll();
        return id;
    }

    /** An event as another server made it. */
    synchronized void take(String room, ObjectNode event) {
        room(room).add(++stream, event.deepCopy().put("room_id", room));
        notifyAll();
    }

    /** Whether somebody writes, which ends with their next message or, in the protocol, with its timeout. */
    synchronized void typing(String room, String user, String sender, JsonNode body) throws MatrixError {
        there(room, sender);
        if (!user.equals(sender)) {
            throw new MatrixError(403, "M_FORBIDDEN", "Cannot set another user's typing state");
        }
        boolean starts = body.path("typing").asBoolean(false);
        if (starts && !body.path("timeout").canConvertToInt()) {
            throw new MatrixError(400, "M_BAD_JSON", "timeout must be a number");
        }
        typing.put(room + " " + user, starts);
    }

    synchronized boolean isTyping(String room, String user) {
        return typing.getOrDefault(room + " " + user, false);
    }

    synchronized void read(String room, String event, String user) {
        room(room).read(++stream, event, user, System.currentTimeMillis());
        notifyAll();
    }

    private MatrixRoom room(String id) {
        MatrixRoom room = rooms.get(id);
        if (room == null) {
            throw new IllegalArgumentException("there is no room " + id);
        }
        return room;
    }

    /** Whether anybody may come, who knows a server where the room is. */
    synchronized boolean isOpen(String room) {
        MatrixRoom found = rooms.get(room);
        return found != null && found.isOpen();
    }

    /** An event as the server has it. */
    synchronized JsonNode event(String room, String event) {
        MatrixRoom found = rooms.get(room);
        return found == null
                ? JSON.missingNode()
                : found.find(event).map(JsonNode.class::cast).orElseGet(JSON::missingNode);
    }

    synchronized @Nullable MatrixRoom find(String room) {
        return rooms.get(room);
    }

    /** A room that somebody is in. */
    synchronized MatrixRoom there(String room, String user) throws MatrixError {
        MatrixRoom found = rooms.get(room);
        if (found == null || !found.membership(user).equals("join")) {
            throw new MatrixError(403, "M_FORBIDDEN", "User " + user + " not in room " + room);
        }
        return found;
    }

    /** Where two are alone, or one has invited the other. */
    synchronized @Nullable String direct(String one, String other) {
        return rooms.values().stream()
                .filter(room -> room.membership(one).equals("join")
                        && room.membership(other).matches("join|invite")
                        && room.joined().size() <= 2)
                .map(MatrixRoom::id)
                .findFirst()
                .orElse(null);
    }

    /** Ends all that wait. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** {@code /sync}: what is new since, at once or as soon as there is something. */
    synchronized ObjectNode sync(String user, String since, long timeout, JsonNode filter) throws MatrixError {
        long from = since.isEmpty() ? -1 : place(since);
        long end = System.nanoTime() + timeout * 1_000_000;
        ObjectNode answer = answer(user, from, filter);
        while (!closed && from >= 0 && answer.at("/rooms").isEmpty() && System.nanoTime() < end) {
            try {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            answer = answer(user, from, filter);
        }
        return answer;
    }

    private ObjectNode answer(String user, long since, JsonNode filter) {
        ObjectNode answer = JSON.createObjectNode().put("next_batch", "s" + stream);
        ObjectNode shown = answer.putObject("rooms");
        int most = Math.max(1, filter.at("/room/timeline/limit").asInt(10));
        boolean receipts = filter.at("/room/ephemeral/types").toString().contains("m.receipt");
        for (MatrixRoom room : rooms.values()) {
            String membership = room.membership(user);
            long changed = room.changed(user);
            if (membership.equals("invite") && changed > since) {
                shown.withObject("/invite").set(room.id(), room.invitation(user));
            } else if (membership.equals("join") || (membership.equals("leave") && changed > since && since >= 0)) {
                long until = membership.equals("join") ? stream : changed;
                ObjectNode news = room.news(user, since, until, most, receipts);
                boolean empty = news.at("/timeline/events").isEmpty()
                        && news.at("/ephemeral/events").isEmpty();
                if (!empty) {
                    shown.withObject("/" + membership).set(room.id(), news);
                }
            }
        }
        return answer;
    }

    /** {@code /messages}: a page back or forth. */
    synchronized ObjectNode messages(String room, String user, Map<String, String> query) throws MatrixError {
        MatrixRoom found = rooms.get(room);
        if (found == null || found.member(user) == null) {
            throw new MatrixError(403, "M_FORBIDDEN", "User " + user + " not in room " + room);
        }
        boolean back = query.getOrDefault("dir", "b").equals("b");
        long from = query.containsKey("from") ? place(query.get("from")) : back ? stream : -1;
        long to = query.containsKey("to") ? place(query.get("to")) : back ? -1 : stream;
        int most = Integer.parseInt(query.getOrDefault("limit", "10"));
        List<MatrixRoom.Entry> all = new ArrayList<>(back ? found.between(to, from) : found.between(from, to));
        if (back) {
            Collections.reverse(all);
        }
        List<MatrixRoom.Entry> page = all.subList(0, Math.min(most, all.size()));
        ObjectNode answer = JSON.createObjectNode().put("start", "t" + from);
        ArrayNode chunk = answer.putArray("chunk");
        page.forEach(entry -> chunk.add(MatrixRoom.shown(entry.json(), user)));
        if (page.size() < all.size()) {
            long last = page.get(page.size() - 1).at();
            answer.put("end", "t" + (back ? last - 1 : last));
        }
        return answer;
    }

    private static long place(String token) throws MatrixError {
        Matcher matcher = TOKEN.matcher(token);
        if (!matcher.matches()) {
            throw new MatrixError(400, "M_UNKNOWN", "Invalid stream token");
        }
        return Long.parseLong(matcher.group(1));
    }
}
