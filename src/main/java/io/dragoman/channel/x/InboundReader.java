// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.ReceivedUntil;
import io.dragoman.model.Hashes;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the X Activity API posts, one event a request, and what the Account Activity API before it posted, with the
 * same messages one level higher (docs.x.com, "X Activity API event payload examples").
 */
final class InboundReader {
    private static final Set<String> POSTS = Set.of("post.mention.create", "post.reply.create", "post.quote.create");
    private static final String REVOKED =
            "the account withdrew the app's permission: nothing comes any more until it is given again";

    /** What is known and nothing is done about; X's own names. */
    private static final Map<String, String> IGNORED = Map.ofEntries(
            Map.entry("oauth.revoke", REVOKED),
            Map.entry("user_event", REVOKED),
            Map.entry("dm.indicate_typing", "somebody is writing"),
            Map.entry("direct_message_indicate_typing_events", "somebody is writing"),
            Map.entry("chat.sent", "the account wrote it"),
            Map.entry("chat.conversation_join", "somebody joined an encrypted conversation, and has written nothing"),
            Map.entry("post.create", "somebody else wrote it, and did not mention the account"),
            Map.entry("post.delete", "the account deleted a post of its own"),
            Map.entry("tweet_create_events", "posts are read from the X Activity API"));

    private final String own;
    private final Instant now;
    private final String digest;
    private final List<CustomerEvent> events = new ArrayList<>();
    private final List<MalformedPayload> odd = new ArrayList<>();

    private InboundReader(String own, Request request) {
        this.own = own;
        this.now = request.receivedAt();
        this.digest = Hashes.sha256Hex(request.body());
    }

    /** For whom a request is; null where it does not say. */
    static @Nullable String user(Request request) throws MalformedPayload {
        JsonFields root = JsonFields.of(request.body());
        String activity = root.inner("data").inner("filter").word("user_id");
        return activity == null ? root.word("for_user_id") : activity;
    }

    static List<CustomerEvent> read(Request request, String own) throws MalformedPayload {
        String user = user(request);
        if (user != null && !user.equals(own)) {
            return List.of(); // another account of the same app
        }
        InboundReader reader = new InboundReader(own, request);
        JsonFields root = JsonFields.of(request.body());
        if (root.node().path("data").isObject()) {
            reader.activity(root.inner("data"));
        } else {
            reader.payload(root, null);
        }
        return reader.taken();
    }

    private List<CustomerEvent> taken() throws MalformedPayload {
        if (!odd.isEmpty()) {
            String first = String.valueOf(odd.get(0).getMessage());
            throw new MalformedPayload(
                    odd.size() + " of " + (odd.size() + events.size()) + " events: " + first, events);
        }
        return events;
    }

    private void activity(JsonFields data) throws MalformedPayload {
        String type = data.text("event_type");
        JsonFields payload = data.inner("payload");
        boolean answered = type.equals("post.create") && own.equals(payload.word("author_id"));
        if (POSTS.contains(type) || answered) {
            events.add(new PostReader(own, now).read(data.object("payload"), data.inner("includes")));
        } else if (type.equals("chat.received")) {
            events.add(encrypted(data.object("payload")));
        } else if (type.equals("dm.read") && payload.has("last_read_event_id")) {
            events.add(seen(payload));
        } else {
            payload(payload, type);
        }
    }

    /** @param type of the event that it is of; null for the older API, where the lists themselves say it */
    private void payload(JsonFields payload, @Nullable String type) {
        boolean known = false;
        for (JsonFields event : payload.each("direct_message_events")) {
            known = true;
            take(() -> direct(event, payload.inner("users")));
        }
        for (JsonFields event : payload.each("direct_message_mark_read_events")) {
            known = true;
            take(() -> seen(event));
        }
        if (!known) {
            String what = type == null ? named(payload) : type;
            events.add(new Ignored(
                    "other:" + digest,
                    now,
                    "event." + Ignored.word(what),
                    IGNORED.getOrDefault(what, "this version does not know what it is")));
        }
    }

    private static String named(JsonFields root) {
        return IGNORED.keySet().stream().filter(root::has).sorted().findFirst().orElse("unknown");
    }

    /** Reads one thing. */
    @FunctionalInterface
    private interface Reading {
        CustomerEvent read() throws MalformedPayload;
    }

    private void take(Reading reading) {
        try {
            events.add(reading.read());
        } catch (MalformedPayload e) {
            odd.add(e);
        }
    }

    private CustomerEvent direct(JsonFields event, JsonFields users) throws MalformedPayload {
        String id = XId.of(event, "id");
        Instant at = event.time("created_timestamp", now);
        JsonFields create = event.inner("message_create");
        if (!create.node().isObject()) {
            return new Ignored(
                    "dm:" + id, at, "dm." + Ignored.word(String.valueOf(event.word("type"))), "nobody wrote anything");
        }
        String sender = XId.of(create, "sender_id");
        if (sender.equals(own)) {
            return new EchoReader(own, id, at).direct(event, users);
        }
        XPlace place = XPlace.of(event.word("dm_conversation_id"), sender);
        return new MessageReceived(
                "dm:" + id,
                at,
                place.sender(sender, name(users.inner(sender))),
                id,
                DirectContent.of(event),
                null,
                place.threading(),
                null,
                null,
                null);
    }

    static @Nullable String name(JsonFields user) {
        JsonFields known = user.has("data") ? user.inner("data") : user;
        String name = known.word("name");
        return name == null ? known.word("username") : name;
    }

    /** All that we sent until then was seen. */
    private CustomerEvent seen(JsonFields event) throws MalformedPayload {
        String last = XId.of(event, "last_read_event_id");
        String reader = XId.of(event, "sender_id");
        Instant at = event.time("created_timestamp", now);
        if (reader.equals(own)) {
            return new Ignored("read:" + digest, at, "read.own", "the account read it");
        }
        return new ReceivedUntil(
                "read:" + reader + ":" + last,
                reader,
                at,
                List.of(XPlace.identity(reader)),
                Status.READ,
                XId.time(last, now));
    }

    /** Only the app with the keys of the conversation can read it; that somebody wrote can be seen. */
    private CustomerEvent encrypted(JsonFields message) throws MalformedPayload {
        String id = message.text("id");
        String sender = XId.of(message, "sender_id");
        Instant at = message.time("created_at_msec", now);
        if (sender.equals(own)) {
            return new Ignored("chat:" + id, at, "chat.own", "the account wrote it");
        }
        return MessageReceived.of(
                "chat:" + id,
                at,
                XPlace.direct(sender).sender(sender, null),
                "chat:" + id,
                List.of(new Part.Unsupported("encrypted-message", message.raw())),
                null);
    }
}
