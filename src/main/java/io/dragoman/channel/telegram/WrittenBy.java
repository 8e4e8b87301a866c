// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Identity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote a message: a person or, where one writes in its name, a chat.
 *
 * @param sender the writer, at the address that the message came from
 */
record WrittenBy(Kind kind, Sender sender) {
    /** What the writer is to us. */
    enum Kind {
        CUSTOMER("a customer wrote it"),
        BUSINESS("the business's own people wrote it"),
        BOT("a bot wrote it");

        private final String why;

        Kind(String why) {
            this.why = why;
        }

        /** The same as a clause. */
        String why() {
            return why;
        }
    }

    static WrittenBy of(JsonFields message, ChatAddress address) throws MalformedPayload {
        Optional<JsonFields> from = message.findObject("from");
        Optional<JsonFields> chatAsSender = message.findObject("sender_chat");
        if (chatAsSender.isEmpty() && from.isPresent()) {
            JsonFields person = from.get();
            boolean machine = person.flag("is_bot") || message.has("sender_business_bot");
            boolean owner = address.business() != null && person.number("id") != address.chat();
            Kind kind = machine ? Kind.BOT : owner ? Kind.BUSINESS : inTopic(message, person);
            return new WrittenBy(kind, person(person, address));
        }
        JsonFields chat = chatAsSender.isPresent() ? chatAsSender.get() : message.object("chat");
        return new WrittenBy(inTopic(message, chat), new Sender(address.text(), identities(chat), name(chat), null));
    }

    /** In a channel's direct messages, each topic is one person's; who else writes there speaks for the channel. */
    private static Kind inTopic(JsonFields message, JsonFields writer) throws MalformedPayload {
        Optional<JsonFields> topic = message.findObject("direct_messages_topic");
        Optional<JsonFields> person = topic.isPresent() ? topic.get().findObject("user") : Optional.empty();
        if (topic.isEmpty() || person.isEmpty()) {
            return Kind.CUSTOMER;
        }
        long id = writer.number("id");
        return id == person.get().number("id") || id == topic.get().number("topic_id") ? Kind.CUSTOMER : Kind.BUSINESS;
    }

    /** Whom the business wrote to: the person of the chat, or of the topic. */
    static Sender customer(JsonFields message, ChatAddress address) throws MalformedPayload {
        Optional<JsonFields> topic = message.findObject("direct_messages_topic");
        return person(topic.isPresent() ? topic.get().object("user") : message.object("chat"), address);
    }

    static Sender person(JsonFields user, ChatAddress address) throws MalformedPayload {
        String language = user.findText("language_code")
                .filter(tag -> tag.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}"))
                .orElse(null);
        return new Sender(address.text(), identities(user), name(user), language);
    }

    /** The number alone: user names change hands. */
    static List<Identity> identities(JsonFields userOrChat) throws MalformedPayload {
        return List.of(new Identity("telegram", Long.toString(userOrChat.number("id")), true));
    }

    static @Nullable String name(JsonFields userOrChat) throws MalformedPayload {
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
}
