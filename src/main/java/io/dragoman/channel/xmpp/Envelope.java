// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Hashes;
import io.dragoman.model.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is stored.
 *
 * @param us the account's address
 * @param key by which the same message is known when it comes again
 * @param at when it was written, where that is not now
 * @param xml the stanza
 */
record Envelope(String us, String key, @Nullable String at, String xml) {

    /** What came by the stream, with its id in our archive (XEP-0359; a stanza-id of anybody else is only a word). */
    static Envelope of(XmlElement message, String us, long batch) {
        String id = archiveId(message, us).orElseGet(() -> otherwise(message, batch));
        return new Envelope(us, id, delay(message), message.xml());
    }

    /** What a room brought, with the id in its archive; history has the same, or the id that its writer gave it. */
    static Envelope inRoom(XmlElement message, String us, long batch) {
        String from = String.valueOf(message.attribute("from"));
        String room = Jids.bare(from).orElse(from);
        String own = String.valueOf(message.attribute("id"));
        String key = archiveId(message, room)
                .map(id -> String.join("|", "room", room, id))
                .orElseGet(() -> message.attribute("id") == null
                        ? "room|batch|" + batch + "|" + message.xml()
                        : String.join("|", "room", from, own));
        return new Envelope(us, Hashes.sha256Hex(key), delay(message), message.xml());
    }

    /** By which everybody in a room names a message (XEP-0359, XEP-0444, XEP-0461). */
    static String idInRoom(XmlElement message) {
        String room = Jids.bare(message.attribute("from")).orElse("");
        return archiveId(message, room).orElseGet(() -> String.valueOf(message.attribute("id")));
    }

    /** What the archive gave, under {@code id}. */
    static Envelope archived(XmlElement message, String us, String id, @Nullable String at) {
        return new Envelope(us, id, at, message.xml());
    }

    static Optional<String> archiveId(XmlElement message, String us) {
        return message.children(Names.SID, "stanza-id")
                .filter(id -> us.equals(Jids.bare(id.attribute("by")).orElse(null)))
                .flatMap(id -> Optional.ofNullable(id.attribute("id")).stream())
                .findFirst();
    }

    /** What no archive keeps is known by the sender's id, as far as there is one. */
    private static String otherwise(XmlElement message, long batch) {
        String id = message.attribute("id");
        String from = Jids.bare(message.attribute("from")).orElse("");
        return Hashes.sha256Hex(
                id == null
                        ? "batch|" + batch + "|" + message.xml()
                        : String.join("|", from, id, message.attribute("type")));
    }

    private static @Nullable String delay(XmlElement message) {
        return message.child(Names.DELAY, "delay")
                .map(delay -> delay.attribute("stamp"))
                .orElse(null);
    }

    /** When it was written, as far as that is told, and no later than now. */
    Instant time(Instant now) {
        try {
            Instant written = at == null ? now : OffsetDateTime.parse(at).toInstant();
            return written.isAfter(now) ? now : written;
        } catch (DateTimeException e) {
            return now; // XEP-0082 has one form of time
        }
    }

    Request request(Instant now) {
        return Request.polled("chat/" + key, Json.bytes(this), now);
    }

    static Envelope read(Request request) throws MalformedPayload {
        JsonFields fields = JsonFields.of(request.body());
        return new Envelope(fields.text("us"), fields.text("key"), fields.word("at"), fields.text("xml"));
    }

    @Override
    public String toString() {
        return "Envelope[…]";
    }
}
