// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the events of rooms for one batch, each in an envelope with what it does not say by itself. What the account
 * sent through us is left out. For one thread.
 */
final class RoomEvents {
    /** Stands in the content of every event that we send: by it our own is known whatever device sent it. */
    static final String MARK = "io.dragoman.delivery";

    private static final List<String> MESSAGES = List.of("m.room.message", "m.sticker");

    private final ApiClient api;
    private final PollContext context;
    private final SyncMemory memory;
    private final List<Request> requests = new ArrayList<>();
    private final Map<String, String> senders = new HashMap<>();
    private SyncPosition position;

    RoomEvents(ApiClient api, PollContext context, SyncMemory memory, SyncPosition position) {
        this.api = api;
        this.context = context;
        this.memory = memory;
        this.position = position;
    }

    List<Request> requests() {
        return requests;
    }

    SyncPosition position() {
        return position;
    }

    void position(SyncPosition changed) {
        position = changed;
    }

    /** @param backfilled whether it stood in a gap, so that it may be known already */
    void take(String room, JsonNode event, boolean backfilled) throws TransportFailure {
        String id = event.path("event_id").asText("");
        String type = event.path("type").asText("");
        String sender = event.path("sender").asText("");
        if (event.has("state_key")) {
            if (type.equals("m.room.member")) {
                memory.members().changed(room, event);
            } else if (MatrixEvent.isEnd(event) && MatrixId.isEvent(id) && MatrixId.isUser(sender)) {
                replaced(room, event);
            }
            return;
        }
        if (!MatrixId.isEvent(id) || !MatrixId.isUser(sender) || senders.containsKey(id)) {
            return;
        }
        boolean own = sender.equals(memory.me());
        memory.saw(id, own, event.path("origin_server_ts").asLong(0));
        if (own && !isEcho(event, type)) {
            return;
        }
        RoomMembers.Room place = memory.members().room(room);
        if (own && place.other() == null) {
            return; // nobody in particular is written to
        }
        senders.put(id, sender);
        ObjectNode envelope = envelope(room).put("direct", place.direct());
        named(envelope, room, own ? String.valueOf(place.other()) : sender);
        refer(envelope, room, event, type, sender);
        if (type.equals("m.room.encrypted") && !own) {
            explain(room);
        }
        envelope.set("event", event);
        keep(room + "/" + id, envelope, backfilled);
    }

    /** The room goes on in another (its version was changed): we go there, and so do its conversations. */
    private void replaced(String room, JsonNode event) throws TransportFailure {
        String by = MatrixEvent.replacement(event);
        if (MatrixId.isRoom(by) && !by.equals(room)) {
            RoomMembers.Room place = memory.members().room(room);
            String from = place.other() == null ? event.path("sender").asText("") : place.other();
            position = position.replaced(new SyncPosition.Invite(by, from, place.direct(), 0));
        }
        ObjectNode envelope = envelope(room);
        envelope.set("event", event);
        keep(room + "/" + event.path("event_id").asText(), envelope, false);
    }

    private ObjectNode envelope(String room) {
        return Json.mapper().createObjectNode().put("me", memory.me()).put("room", room);
    }

    private void keep(String place, ObjectNode envelope, boolean backfilled) {
        byte[] raw = Json.bytes(envelope);
        requests.add(
                backfilled
                        ? Request.backfilled(place, raw, context.clock().instant())
                        : Request.polled(place, raw, context.clock().instant()));
    }

    /** What somebody wrote with the same account, in an app. */
    private static boolean isEcho(JsonNode event, String type) {
        return MESSAGES.contains(type)
                && !event.path("unsigned").has("transaction_id")
                && !event.path("content").has(MARK)
                && !relation(event).path("rel_type").asText("").equals("m.replace");
    }

    private static JsonNode relation(JsonNode event) {
        return event.path("content").path("m.relates_to");
    }

    private void named(ObjectNode envelope, String room, String customer) throws TransportFailure {
        String name = memory.members().name(room, customer);
        envelope.put("customer", customer);
        if (name != null) {
            envelope.put("name", name);
        }
    }

    /** What an event says about another one needs to be known of that one. */
    private void refer(ObjectNode envelope, String room, JsonNode event, String type, String sender)
            throws TransportFailure {
        String target = relation(event).path("event_id").asText("");
        if (type.equals("m.reaction") && MatrixId.isEvent(target)) {
            position = position.reacted(event.path("event_id").asText(), target);
        } else if (type.equals("m.room.redaction")) {
            String reacted = position.target(MatrixEvent.redacts(event)).orElse(null);
            if (reacted != null) {
                envelope.put("reacted", reacted);
            }
        } else if (relation(event).path("rel_type").asText("").equals("m.replace") && MatrixId.isEvent(target)) {
            envelope.put("original", original(room, target, sender));
        }
    }

    /**
     * An edit counts only from whoever wrote the message: any member of a room can send one, and servers pass it on.
     *
     * @return {@code known}, {@code unknown} for a message that never came here, {@code foreign}
     */
    private String original(String room, String target, String sender) throws TransportFailure {
        String author = senders.get(target);
        if (author == null) {
            if (!context.taken(target) && !memory.own(target)) {
                return "unknown";
            }
            Response answer = api.known(path(room, target));
            author = answer.ok() ? answer.json().path("sender").asText("") : "";
        }
        return author.equals(sender) ? "known" : author.isEmpty() ? "unknown" : "foreign";
    }

    private static String path(String room, String event) {
        return ApiClient.CLIENT + "/rooms/" + MatrixId.inPath(room) + "/event/" + MatrixId.inPath(event);
    }

    /** Once in a room: the key is the room's, so that it is once, too, when the batch is not stored and comes again. */
    private void explain(String room) {
        if (!position.told().contains(room) && EncryptedReply.give(api, room)) {
            position = position.told(room);
        }
    }

    /** Who has read how far: what a receipt names, and everything before it. */
    void receipts(String room, JsonNode receipts) throws TransportFailure {
        for (Map.Entry<String, JsonNode> one : receipts.properties()) {
            for (Map.Entry<String, JsonNode> reader :
                    one.getValue().path("m.read").properties()) {
                boolean wanted = MatrixId.isEvent(one.getKey())
                        && MatrixId.isUser(reader.getKey())
                        && !reader.getKey().equals(memory.me());
                if (wanted) {
                    receipt(room, one.getKey(), reader.getKey(), reader.getValue());
                }
            }
        }
    }

    private void receipt(String room, String event, String reader, JsonNode receipt) throws TransportFailure {
        boolean direct = memory.members().room(room).direct();
        SyncMemory.Seen seen = seen(room, event);
        if (seen == null || !(direct || seen.own())) {
            return;
        }
        String thread = receipt.path("thread_id").asText("main");
        ObjectNode envelope = envelope(room).put("direct", direct && thread.equals("main"));
        envelope.putObject("receipt")
                .put("event", event)
                .put("user", reader)
                .put("own", seen.own())
                .put("sent", seen.at())
                .put("ts", receipt.path("ts").asLong(0));
        keep(room + "/read", envelope, false);
    }

    private SyncMemory.@Nullable Seen seen(String room, String event) throws TransportFailure {
        SyncMemory.Seen seen = memory.seen(event);
        if (seen != null) {
            return seen;
        }
        JsonNode found = api.known(path(room, event)).json();
        String sender = found.path("sender").asText("");
        if (sender.isEmpty()) {
            return null;
        }
        memory.saw(
                event,
                sender.equals(memory.me()),
                found.path("origin_server_ts").asLong(0));
        return memory.seen(event);
    }

    /** An invitation that is declined is kept, to be told of. */
    void declined(String room, String key) {
        ObjectNode envelope = envelope(room);
        envelope.putObject("invite").put("key", key);
        keep(room + "/invite", envelope, false);
    }
}
