// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.ChatMoved;
import io.dragoman.model.CustomerEvent.MessageDeleted;
import io.dragoman.model.CustomerEvent.MessageEchoed;
import io.dragoman.model.CustomerEvent.MessageEdited;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Reaction;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.CustomerEvent.ReceivedUntil;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Hashes;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import io.dragoman.model.UnicodeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one event of a room, in the envelope in which {@link RoomEvents} stored it. */
final class InboundReader {
    private static final int LONGEST_EMOJI = 100;

    private final JsonFields envelope;
    private final String room;
    private final Instant now;

    private InboundReader(Request request) throws MalformedPayload {
        this.envelope = JsonFields.of(request.body());
        this.room = envelope.text("room");
        this.now = request.receivedAt();
    }

    static List<CustomerEvent> read(Request request) throws MalformedPayload {
        InboundReader reader = new InboundReader(request);
        if (reader.envelope.has("receipt")) {
            return reader.receipt(reader.envelope.object("receipt"));
        }
        if (reader.envelope.has("invite")) {
            String key = "invite|" + reader.envelope.object("invite").text("key");
            return List.of(new Ignored(
                    key, reader.now, "invite", "`invites` does not name whoever invites: the invitation is declined"));
        }
        return List.of(reader.event(reader.envelope.object("event")));
    }

    private CustomerEvent event(JsonFields event) throws MalformedPayload {
        String id = event.text("event_id");
        String type = event.text("type");
        return switch (type) {
            case "m.room.message",
                    "m.sticker",
                    "m.room.encrypted",
                    "m.poll.start",
                    "org.matrix.msc3381.poll.start",
                    "m.call.invite" -> message(event, id, type);
            case "m.reaction" -> reaction(event, id);
            case "m.room.redaction" -> redaction(event, id);
            case "m.room.tombstone" -> replaced(event, id);
            default -> ignored(event, id, Ignored.word(type), "it is no message");
        };
    }

    private CustomerEvent message(JsonFields event, String id, String type) throws MalformedPayload {
        JsonFields content = event.inner("content");
        if (content.node().isEmpty()) {
            return ignored(event, id, "message.redacted", "it was taken back before it was read");
        }
        String msgtype = content.word("msgtype");
        if (msgtype != null && msgtype.equals("m.key.verification.request")) {
            return ignored(event, id, Ignored.word(msgtype), "nothing is encrypted here");
        }
        JsonFields relation = content.inner("m.relates_to");
        boolean edit = "m.replace".equals(relation.word("rel_type"));
        if (edit && type.equals("m.room.encrypted")) {
            return ignored(event, id, "edit.encrypted", "what it changes cannot be read");
        }
        List<Part> parts = MatrixContent.of(type, content, envelope.word("name"), edit);
        if (!edit) {
            return written(event, id, parts, answered(relation), automatic(msgtype));
        }
        return switch (String.valueOf(envelope.word("original"))) {
            case "foreign" -> ignored(event, id, "edit.foreign", "somebody else wrote what it changes");
            case "unknown" -> written(event, id, parts, null, automatic(msgtype));
            default -> new MessageEdited(id, room, at(event), relation.text("event_id"), parts);
        };
    }

    private CustomerEvent written(
            JsonFields event, String id, List<Part> parts, @Nullable String replyTo, @Nullable String automatic)
            throws MalformedPayload {
        String author = event.text("sender");
        boolean own = author.equals(envelope.word("me"));
        String customer = own ? envelope.text("customer") : author;
        Sender sender = MatrixId.sender(room, customer, envelope.word("name"));
        Threading threading = envelope.flag("direct") ? Threading.NONE : new Threading(room, null, List.of(), null);
        return own
                ? new MessageEchoed(id, at(event), sender, id, parts, threading, replyTo)
                : new MessageReceived(id, at(event), sender, id, parts, replyTo, threading, automatic, null, null);
    }

    /** In a thread the message that a client without threads shows is none that is answered; the thread's first is. */
    private static @Nullable String answered(JsonFields relation) {
        String answered = relation.inner("m.in_reply_to").word("event_id");
        boolean thread = "m.thread".equals(relation.word("rel_type"));
        return thread && (answered == null || relation.flag("is_falling_back")) ? relation.word("event_id") : answered;
    }

    private static @Nullable String automatic(@Nullable String msgtype) {
        return msgtype == null
                ? null
                : switch (msgtype) {
                    case "m.notice" -> "a bot wrote it";
                    case "m.server_notice" -> "the homeserver wrote it";
                    default -> null;
                };
    }

    private CustomerEvent reaction(JsonFields event, String id) throws MalformedPayload {
        JsonFields relation = event.inner("content").inner("m.relates_to");
        String target = relation.word("event_id");
        String emoji = relation.word("key");
        return target == null || emoji == null
                ? ignored(event, id, "reaction.redacted", "it was taken back before it was read")
                : new Reaction(id, room, at(event), target, UnicodeText.cut(emoji, LONGEST_EMOJI));
    }

    private CustomerEvent redaction(JsonFields event, String id) throws MalformedPayload {
        String target = JsonFields.clean(MatrixEvent.redacts(event.node()));
        String reacted = envelope.word("reacted");
        if (reacted != null) {
            return new Reaction(id, room, at(event), reacted, "");
        }
        return target.isBlank()
                ? ignored(event, id, "redaction", "it does not say what is taken back")
                : new MessageDeleted(id, room, at(event), target);
    }

    private CustomerEvent replaced(JsonFields event, String id) throws MalformedPayload {
        String by = JsonFields.clean(MatrixEvent.replacement(event.node()));
        if (!MatrixEvent.isEnd(event.node())) {
            return ignored(event, id, "room.tombstone.member", "any member can write that: it is no state of the room");
        }
        return MatrixId.isRoom(by) && !by.equals(room)
                ? new ChatMoved(id, at(event), room, by)
                : ignored(event, id, "room.tombstone", "the room ended, and no other takes its place");
    }

    /** Of what the receipt names, and in a room with one other of everything before it. */
    private List<CustomerEvent> receipt(JsonFields receipt) throws MalformedPayload {
        String event = receipt.text("event");
        String user = receipt.text("user");
        Instant at = receipt.time("ts", now);
        String key = "read|" + event + "|" + Hashes.sha256Hex(user).substring(0, 16);
        List<CustomerEvent> events = new ArrayList<>();
        if (receipt.flag("own")) {
            events.add(new Receipt(key, room, at, event, Status.READ, null, null));
        }
        if (envelope.flag("direct")) {
            Instant until = receipt.time("sent", now);
            events.add(
                    new ReceivedUntil(key + "|until", room, at, List.of(MatrixId.identity(user)), Status.READ, until));
        }
        return events;
    }

    private Instant at(JsonFields event) {
        return event.time("origin_server_ts", now);
    }

    private Ignored ignored(JsonFields event, String key, String kind, String why) {
        return new Ignored(key, at(event), kind, why);
    }
}
