// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns one update into events. What no customer wrote (joins, pins, payments' questions, inline queries, other bots)
 * is one that is ignored, and says what it was.
 */
final class InboundReader {
    /** Before the id of a pressed button, whose "message" is none of Telegram's. */
    static final String PRESS = "cb:";

    private static final Set<String> READ = Set.of(
            "message",
            "business_message",
            "channel_post",
            "guest_message",
            "edited_message",
            "edited_business_message",
            "edited_channel_post",
            "callback_query",
            "message_reaction",
            "deleted_business_messages",
            "my_chat_member");

    private final String key;
    private final Instant receivedAt;

    private InboundReader(String key, Instant receivedAt) {
        this.key = key;
        this.receivedAt = receivedAt;
    }

    static List<CustomerEvent> read(Request request) throws MalformedPayload {
        JsonFields update = JsonFields.of(request.body());
        return new InboundReader(Long.toString(update.number("update_id")), request.receivedAt()).events(update);
    }

    /** One update tells one thing; what else it may hold is none of the kinds that are read. */
    private List<CustomerEvent> events(JsonFields update) throws MalformedPayload {
        List<String> kinds = new ArrayList<>();
        update.node().properties().forEach(field -> {
            if (!field.getKey().equals("update_id") && !field.getValue().isNull()) {
                kinds.add(field.getKey());
            }
        });
        if (kinds.isEmpty()) {
            return ignored(receivedAt, "nothing", "the update has nothing beside its number");
        }
        String kind = kinds.stream().filter(READ::contains).findFirst().orElse(kinds.get(0));
        return switch (kind) {
            case "message", "business_message", "channel_post", "guest_message" -> received(kind, update.object(kind));
            case "edited_message", "edited_business_message", "edited_channel_post" ->
                edited(kind, update.object(kind));
            case "callback_query" -> pressed(update.object(kind));
            case "message_reaction" -> reacted(kind, update.object(kind));
            case "deleted_business_messages" -> deleted(update.object(kind));
            case "my_chat_member" -> blocked(kind, update.object(kind));
            default -> ignored(receivedAt, Ignored.word(kind), IgnoredUpdates.why(kind));
        };
    }

    private List<CustomerEvent> ignored(Instant at, String kind, String why) {
        return List.of(new Ignored(key, at, kind, why));
    }

    private List<CustomerEvent> received(String kind, JsonFields message) throws MalformedPayload {
        ChatAddress address = ChatAddress.of(message);
        String externalId = externalId(message, address);
        Instant at = message.seconds("date");
        WrittenBy writer = WrittenBy.of(message, address);
        List<Part> parts = InboundParts.of(message);
        if (parts.isEmpty()) {
            return happened(kind, message, at);
        }
        if (writer.kind() == WrittenBy.Kind.BOT) {
            return ignored(at, kind, writer.kind().why());
        }
        if (writer.kind() == WrittenBy.Kind.BUSINESS) {
            return List.of(new CustomerEvent.MessageEchoed(
                    key,
                    at,
                    WrittenBy.customer(message, address),
                    externalId,
                    parts,
                    threading(message, address),
                    answered(message, address)));
        }
        return List.of(new MessageReceived(
                key,
                at,
                writer.sender(),
                externalId,
                parts,
                answered(message, address),
                threading(message, address),
                automatic(message),
                consent(message),
                forwarded(message)));
    }

    /** What the chat says about itself. That it has another number now concerns us: its conversation goes on there. */
    private List<CustomerEvent> happened(String kind, JsonFields message, Instant at) throws MalformedPayload {
        long chat = message.object("chat").number("id");
        Optional<Long> to = message.findNumber("migrate_to_chat_id");
        Optional<Long> from = message.findNumber("migrate_from_chat_id");
        if (to.isPresent() || from.isPresent()) {
            return List.of(new CustomerEvent.ChatMoved(
                    key, at, Long.toString(from.orElse(chat)), Long.toString(to.orElse(chat))));
        }
        String what = MessageFields.content(message.node()).orElse("nothing");
        return ignored(at, kind + "." + Ignored.word(what), "the chat says it of itself, nobody wrote it");
    }

    /** Who sees a message for themselves alone sees one without a number; the update's tells it from others. */
    private String externalId(JsonFields message, ChatAddress address) throws MalformedPayload {
        long id = message.number("message_id");
        return id == 0 && message.has("ephemeral_message_id") ? address.messages() + "u" + key : address.message(id);
    }

    private List<CustomerEvent> edited(String kind, JsonFields message) throws MalformedPayload {
        ChatAddress address = ChatAddress.of(message);
        String externalId = address.message(message.number("message_id"));
        Instant at = message.seconds(message.has("edit_date") ? "edit_date" : "date");
        WrittenBy writer = WrittenBy.of(message, address);
        List<Part> parts = InboundParts.of(message);
        if (parts.isEmpty()) {
            return happened(kind, message, at);
        }
        return writer.kind() == WrittenBy.Kind.BOT
                ? ignored(at, kind, writer.kind().why())
                : List.of(new CustomerEvent.MessageEdited(key, address.text(), at, externalId, parts));
    }

    /** A press of a button under one of our messages; the update has no time of its own. */
    private List<CustomerEvent> pressed(JsonFields query) throws MalformedPayload {
        JsonFields person = query.object("from");
        Optional<JsonFields> message = query.findObject("message");
        ChatAddress address = pressedIn(person, message);
        Part choice = query.has("data")
                ? new Part.ChoiceMade(query.text("data"), InboundParts.buttonTitle(message, query.text("data")))
                : InboundParts.unsupported("callback_query", query.node());
        return List.of(new MessageReceived(
                key,
                receivedAt,
                WrittenBy.person(person, address),
                PRESS + query.text("id"),
                List.of(choice),
                message.isPresent() ? address.message(message.get().number("message_id")) : null,
                message.isPresent() ? threading(message.get(), address) : Threading.NONE,
                null,
                null,
                null));
    }

    /** An old message does not tell its topic any more, but who presses it is the only customer of theirs. */
    private static ChatAddress pressedIn(JsonFields person, Optional<JsonFields> message) throws MalformedPayload {
        if (message.isEmpty()) {
            return ChatAddress.of(person.number("id"));
        }
        ChatAddress address = ChatAddress.of(message.get());
        return ChatAddress.isDirect(message.get().object("chat")) ? address.directOf(person.number("id")) : address;
    }

    private List<CustomerEvent> reacted(String kind, JsonFields reaction) throws MalformedPayload {
        ChatAddress address = ChatAddress.of(reaction.object("chat").number("id"));
        String externalId = address.message(reaction.number("message_id"));
        Instant at = reaction.seconds("date");
        String emoji = newest(emojis(reaction.objects("new_reaction")), emojis(reaction.objects("old_reaction")));
        boolean bot =
                reaction.findObject("user").filter(user -> user.flag("is_bot")).isPresent();
        return bot
                ? ignored(at, kind, WrittenBy.Kind.BOT.why())
                : List.of(new CustomerEvent.Reaction(key, address.text(), at, externalId, emoji));
    }

    /** A person who blocks the bot wants no more of us; one who takes that back may be written to again. */
    private List<CustomerEvent> blocked(String kind, JsonFields change) throws MalformedPayload {
        JsonFields chat = change.object("chat");
        Instant at = change.seconds("date");
        String status = change.object("new_chat_member").text("status");
        Consent consent =
                switch (status) {
                    case "kicked" -> Consent.OPTED_OUT;
                    case "member" -> Consent.OPTED_IN;
                    default -> null;
                };
        if (!ChatAddress.isPrivate(chat) || consent == null) {
            return ignored(at, kind, "what the bot may do in a chat has changed");
        }
        String address = ChatAddress.of(chat.number("id")).text();
        return List.of(new CustomerEvent.ConsentChanged(key, address, at, WrittenBy.identities(chat), consent));
    }

    /** One update takes back many messages, so that its number alone is no key. It has no time of its own. */
    private List<CustomerEvent> deleted(JsonFields deletion) throws MalformedPayload {
        ChatAddress address = ChatAddress.of(deletion);
        List<CustomerEvent> events = new ArrayList<>();
        for (long id : deletion.numbers("message_ids")) {
            events.add(
                    new CustomerEvent.MessageDeleted(key + ":" + id, address.text(), receivedAt, address.message(id)));
        }
        return events;
    }

    private static Threading threading(JsonFields message, ChatAddress address) throws MalformedPayload {
        if (address.guest() != null) { // each question has an address of its own, but who asks again goes on
            String asked = message.object("chat").number("id") + "?"
                    + message.object("from").number("id");
            return new Threading(asked, null, List.of(), null);
        }
        return ChatAddress.isPrivate(message.object("chat")) && address.business() == null
                ? Threading.NONE
                : new Threading(address.text(), null, List.of(), null);
    }

    /** Every message of a topic "replies" to the one that opened the topic; that says nothing. */
    private static @Nullable String answered(JsonFields message, ChatAddress address) throws MalformedPayload {
        Optional<JsonFields> earlier = message.findObject("reply_to_message");
        if (earlier.isEmpty()) {
            earlier = message.findObject("external_reply").filter(reply -> reply.has("message_id"));
        }
        if (earlier.isEmpty() || earlier.get().has("forum_topic_created")) {
            return null;
        }
        Optional<JsonFields> chat = earlier.get().findObject("chat");
        long id = chat.isPresent() ? chat.get().number("id") : address.chat();
        return new ChatAddress(id, null, null, address.business(), null)
                .message(earlier.get().number("message_id"));
    }

    /** Whose words were passed on, by the name they go by; empty for nobody whom Telegram names. */
    private static @Nullable String forwarded(JsonFields message) throws MalformedPayload {
        Optional<JsonFields> origin = message.findObject("forward_origin");
        if (origin.isEmpty()) {
            return null;
        }
        Optional<String> name = origin.get().findText("sender_user_name").map(String::strip);
        for (String field : List.of("sender_user", "sender_chat", "chat")) {
            Optional<JsonFields> author = origin.get().findObject(field);
            if (name.isEmpty() && author.isPresent()) {
                name = Optional.ofNullable(WrittenBy.name(author.get()));
            }
        }
        return name.orElse("");
    }

    private static @Nullable String automatic(JsonFields message) {
        if (message.flag("is_automatic_forward")) {
            return "Telegram forwarded it from the linked channel";
        }
        return message.flag("is_from_offline") ? "an away, greeting or scheduled message" : null;
    }

    /** Who blocked the bot starts it again with this command. */
    private static @Nullable Consent consent(JsonFields message) throws MalformedPayload {
        String text = message.findText("text").orElse("");
        return text.equals("/start") || text.startsWith("/start ") ? Consent.OPTED_IN : null;
    }

    private static List<String> emojis(List<JsonFields> reactions) throws MalformedPayload {
        List<String> emojis = new ArrayList<>();
        for (JsonFields reaction : reactions) {
            String type = reaction.text("type");
            emojis.add(
                    switch (type) {
                        case "emoji" -> reaction.text("emoji");
                        case "paid" -> "⭐";
                        default -> type;
                    });
        }
        return emojis;
    }

    /** What was added last; when something was only taken back, what is left. */
    private static String newest(List<String> now, List<String> before) {
        List<String> added = new ArrayList<>(now);
        added.removeAll(before);
        List<String> left = added.isEmpty() ? now : added;
        return left.isEmpty() ? "" : left.get(left.size() - 1);
    }
}
