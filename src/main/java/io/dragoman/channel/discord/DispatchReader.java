// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageDeleted;
import io.dragoman.model.CustomerEvent.MessageEdited;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Reaction;
import io.dragoman.model.Ignored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one event of the Gateway, in the {@link Envelope} in which it is stored. */
final class DispatchReader {
    /** Of the types of message, those that a person wrote: alone, as an answer, and by a command or its menu. */
    private static final Set<Integer> WRITTEN = Set.of(0, 19, 20, 23);

    private final Request request;
    private final JsonFields envelope;
    private final Instant now;

    DispatchReader(Request request, JsonFields envelope) {
        this.request = request;
        this.envelope = envelope;
        this.now = request.receivedAt();
    }

    List<CustomerEvent> read() throws MalformedPayload {
        String type = envelope.text("t");
        JsonFields data = envelope.object("d");
        return switch (type) {
            case "MESSAGE_CREATE" -> List.of(message(data));
            case "MESSAGE_UPDATE" -> List.of(edit(data));
            case "MESSAGE_DELETE" -> List.of(deleted(data, Snowflake.of(data, "id")));
            case "MESSAGE_DELETE_BULK" -> all(data);
            case "MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE" ->
                List.of(reaction(data, type.equals("MESSAGE_REACTION_ADD")));
            case "INTERACTION_CREATE" -> new DiscordInteraction(request, data).read();
            default -> List.of(ignored(key(), Ignored.word(type), "it is no message"));
        };
    }

    private CustomerEvent message(JsonFields message) throws MalformedPayload {
        String id = Snowflake.of(message, "id");
        JsonFields author = message.object("author");
        int type = message.node().path("type").asInt(0);
        if (author.text("id").equals(envelope.word("bot"))) {
            return ignored(id, "message.own", "the bot itself wrote it");
        }
        if (!WRITTEN.contains(type)) {
            return ignored(id, "message.type-" + type, "the channel says it about itself");
        }
        DiscordPlace place = place(message, author);
        return new MessageReceived(
                id,
                Snowflake.time(id, now),
                place.sender(author.text("id"), name(message, author), null),
                id,
                DiscordContent.of(message),
                DiscordContent.isForward(message)
                        ? null
                        : message.inner("message_reference").word("message_id"),
                place.threading(message.has("guild_id")),
                machine(message, author),
                null,
                DiscordContent.isForward(message) ? "" : null);
    }

    private DiscordPlace place(JsonFields message, JsonFields author) throws MalformedPayload {
        String channel = Snowflake.of(message, "channel_id");
        if (!message.has("guild_id")) {
            return DiscordPlace.direct(channel);
        }
        return envelope.flag("thread")
                ? DiscordPlace.thread(channel)
                : DiscordPlace.shared(channel, Snowflake.of(author, "id"));
    }

    private static @Nullable String name(JsonFields message, JsonFields author) {
        String nick = message.inner("member").word("nick");
        return nick == null ? DiscordText.name(author) : nick;
    }

    /** Why a machine wrote it, so that none of ours answers. */
    private static @Nullable String machine(JsonFields message, JsonFields author) {
        return message.has("webhook_id") ? "a webhook wrote it" : author.flag("bot") ? "a bot wrote it" : null;
    }

    private CustomerEvent edit(JsonFields message) throws MalformedPayload {
        String id = Snowflake.of(message, "id");
        String edited = message.word("edited_timestamp");
        if (edited == null) {
            return ignored(key(), "message.updated", "its words are the same: Discord added a preview");
        }
        if (message.inner("author").word("id") != null
                && String.valueOf(message.inner("author").word("id")).equals(envelope.word("bot"))) {
            return ignored(key(), "message.own", "the bot itself wrote it");
        }
        return new MessageEdited(
                id + "|edited|" + edited,
                lane(message),
                message.time("edited_timestamp", now),
                id,
                DiscordContent.of(message));
    }

    private CustomerEvent deleted(JsonFields data, String id) throws MalformedPayload {
        return new MessageDeleted(id + "|deleted", lane(data), now, id);
    }

    private List<CustomerEvent> all(JsonFields data) throws MalformedPayload {
        List<CustomerEvent> gone = new ArrayList<>();
        for (String id : data.texts("ids")) {
            if (Snowflake.is(id)) {
                gone.add(deleted(data, id));
            }
        }
        return gone.isEmpty() ? List.of(ignored(key(), "message.deleted", "it names no message")) : gone;
    }

    private CustomerEvent reaction(JsonFields data, boolean added) throws MalformedPayload {
        JsonFields emoji = data.object("emoji");
        String name = emoji.word("name");
        boolean own = emoji.word("id") != null; // a server's own picture
        String shown = name == null ? "❔" : own ? ":" + name + ":" : name;
        return new Reaction(key(), lane(data), now, Snowflake.of(data, "message_id"), added ? shown : "");
    }

    /** Neither a deletion nor a reaction says who wrote the message; its id finds it whatever the lane. */
    private static String lane(JsonFields data) throws MalformedPayload {
        return Snowflake.of(data, "channel_id");
    }

    /** A reaction has no id: its number in the session is one, and the same when the session is resumed. */
    private String key() throws MalformedPayload {
        return envelope.text("k");
    }

    private Ignored ignored(String key, String kind, String why) {
        return new Ignored(key, now, kind, why);
    }
}
