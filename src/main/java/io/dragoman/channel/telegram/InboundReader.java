// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns one update into events. What no customer wrote (joins, pins, payments' questions, inline queries, other bots)
 * gives none.
 */
final class InboundReader {
    /** Before the id of a pressed button, whose "message" is none of Telegram's. */
    static final String PRESS = "cb:";

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

    private List<CustomerEvent> events(JsonFields update) throws MalformedPayload {
        Optional<JsonFields> written = first(update, "message", "business_message", "channel_post");
        if (written.isPresent()) {
            return received(written.get());
        }
        Optional<JsonFields> edited = first(update, "edited_message", "edited_business_message", "edited_channel_post");
        if (edited.isPresent()) {
            return edited(edited.get());
        }
        if (update.has("callback_query")) {
            return pressed(update.object("callback_query"));
        }
        if (update.has("message_reaction")) {
            return reacted(update.object("message_reaction"));
        }
        if (update.has("deleted_business_messages")) {
            return deleted(update.object("deleted_business_messages"));
        }
        return List.of();
    }

    private List<CustomerEvent> received(JsonFields message) throws MalformedPayload {
        ChatAddress address = ChatAddress.of(message);
        String externalId = address.message(message.number("message_id"));
        Instant at = message.seconds("date");
        Optional<Sender> sender = sender(message, address);
        List<Part> parts = InboundParts.of(message);
        if (sender.isEmpty() || parts.isEmpty()) {
            return List.of();
        }
        return List.of(new MessageReceived(
                key,
                at,
                sender.get(),
                externalId,
                parts,
                answered(message, address),
                threading(message.object("chat"), address),
                automatic(message),
                consent(message),
                null));
    }

    private List<CustomerEvent> edited(JsonFields message) throws MalformedPayload {
        ChatAddress address = ChatAddress.of(message);
        String externalId = address.message(message.number("message_id"));
        Instant at = message.seconds(message.has("edit_date") ? "edit_date" : "date");
        List<Part> parts = InboundParts.of(message);
        if (sender(message, address).isEmpty() || parts.isEmpty()) {
            return List.of();
        }
        return List.of(new CustomerEvent.MessageEdited(key, address.text(), at, externalId, parts));
    }

    /** A press of a button under one of our messages; the update has no time of its own. */
    private List<CustomerEvent> pressed(JsonFields query) throws MalformedPayload {
        JsonFields person = query.object("from");
        Optional<JsonFields> message = query.findObject("message");
        ChatAddress address =
                message.isPresent() ? ChatAddress.of(message.get()) : new ChatAddress(person.number("id"), null, null);
        Part choice = query.has("data")
                ? new Part.ChoiceMade(query.text("data"), InboundParts.buttonTitle(message, query.text("data")))
                : InboundParts.unsupported("callback_query", query.node());
        return List.of(new MessageReceived(
                key,
                receivedAt,
                person(person, address),
                PRESS + query.text("id"),
                List.of(choice),
                message.isPresent() ? address.message(message.get().number("message_id")) : null,
                message.isPresent() ? threading(message.get().object("chat"), address) : Threading.NONE,
                null,
                null,
                null));
    }

    private List<CustomerEvent> reacted(JsonFields reaction) throws MalformedPayload {
        ChatAddress address = new ChatAddress(reaction.object("chat").number("id"), null, null);
        String externalId = address.message(reaction.number("message_id"));
        Instant at = reaction.seconds("date");
        String emoji = newest(emojis(reaction.objects("new_reaction")), emojis(reaction.objects("old_reaction")));
        boolean bot =
                reaction.findObject("user").filter(user -> user.flag("is_bot")).isPresent();
        return bot ? List.of() : List.of(new CustomerEvent.Reaction(key, address.text(), at, externalId, emoji));
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

    /** Who wrote; nobody when it was a bot, ourselves or, in a business chat, the business's own people. */
    private static Optional<Sender> sender(JsonFields message, ChatAddress address) throws MalformedPayload {
        Optional<JsonFields> from = message.findObject("from");
        Optional<JsonFields> chatAsSender = message.findObject("sender_chat");
        if (chatAsSender.isEmpty() && from.isPresent()) {
            boolean machine = from.get().flag("is_bot") || message.has("sender_business_bot");
            boolean owner = message.has("business_connection_id") && from.get().number("id") != address.chat();
            return machine || owner ? Optional.empty() : Optional.of(person(from.get(), address));
        }
        JsonFields chat = chatAsSender.isPresent() ? chatAsSender.get() : message.object("chat");
        return Optional.of(new Sender(address.text(), identities(chat), name(chat), null));
    }

    private static Sender person(JsonFields user, ChatAddress address) throws MalformedPayload {
        String language = user.findText("language_code")
                .filter(tag -> tag.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}"))
                .orElse(null);
        return new Sender(address.text(), identities(user), name(user), language);
    }

    /** The number alone: user names change hands. */
    private static List<Identity> identities(JsonFields userOrChat) throws MalformedPayload {
        return List.of(new Identity("telegram", Long.toString(userOrChat.number("id")), true));
    }

    private static @Nullable String name(JsonFields userOrChat) throws MalformedPayload {
        String full = userOrChat.findText("first_name").orElse("") + " "
                + userOrChat.findText("last_name").orElse("");
        for (Optional<String> name :
                List.of(Optional.of(full), userOrChat.findText("title"), userOrChat.findText("username"))) {
            if (name.isPresent() && !name.get().isBlank()) {
                return name.get().strip();
            }
        }
        return null;
    }

    private static Threading threading(JsonFields chat, ChatAddress address) throws MalformedPayload {
        return ChatAddress.isPrivate(chat) && address.business() == null
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
        return new ChatAddress(id, null, address.business())
                .message(earlier.get().number("message_id"));
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

    private static Optional<JsonFields> first(JsonFields update, String... names) throws MalformedPayload {
        for (String name : names) {
            if (update.has(name)) {
                return update.findObject(name);
            }
        }
        return Optional.empty();
    }
}
