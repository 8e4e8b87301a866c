// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer goes, as text {@code chat[/topic|/d<direct>][@business][?guest]}.
 *
 * @param chat up to 52 bits; negative for a group
 * @param topic of a forum; an answer without it would land in the general topic
 * @param direct the topic of a channel's direct messages chat, one for each person who writes there; Telegram takes no
 *     answer without it
 * @param business the connection through which the bot speaks for a business account
 * @param guest the question of somebody who called the bot into a chat that it is no member of; it takes one answer
 */
record ChatAddress(
        long chat,
        @Nullable Long topic,
        @Nullable Long direct,
        @Nullable String business,
        @Nullable String guest) {
    private static final String ID = "[A-Za-z0-9_-]{1,200}";
    private static final Pattern FORM =
            Pattern.compile("(-?\\d{1,18})(?:/(\\d{1,18})|/d(-?\\d{1,18}))?(?:@(" + ID + "))?(?:\\?(" + ID + "))?");

    /** A chat without anything more. */
    static ChatAddress of(long chat) {
        return new ChatAddress(chat, null, null, null, null);
    }

    /** The address that a message came from. */
    static ChatAddress of(JsonFields message) throws MalformedPayload {
        JsonFields chat = message.object("chat");
        boolean forum = message.flag("is_topic_message") && !isPrivate(chat);
        Long topic = forum ? message.findNumber("message_thread_id").orElse(null) : null;
        if (topic != null && topic < 0) {
            throw new MalformedPayload(message.at("message_thread_id") + " must not be negative");
        }
        return new ChatAddress(
                chat.number("id"),
                topic,
                direct(message).orElse(null),
                id(message, "business_connection_id"),
                id(message, "guest_query_id"));
    }

    /** The topic is the person's own number where an old message, pressed or answered, does not tell. */
    private static Optional<Long> direct(JsonFields message) throws MalformedPayload {
        Optional<JsonFields> topic = message.findObject("direct_messages_topic");
        if (topic.isPresent()) {
            return Optional.of(topic.get().number("topic_id"));
        }
        Optional<JsonFields> from = message.findObject("from").filter(person -> !person.flag("is_bot"));
        return isDirect(message.object("chat")) && from.isPresent()
                ? Optional.of(from.get().number("id"))
                : Optional.empty();
    }

    private static @Nullable String id(JsonFields message, String name) throws MalformedPayload {
        String id = message.findText(name).filter(text -> !text.isEmpty()).orElse(null);
        if (id != null && !id.matches(ID)) {
            throw new MalformedPayload(message.at(name) + " has characters that no id has");
        }
        return id;
    }

    static Optional<ChatAddress> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(new ChatAddress(
                Long.parseLong(form.group(1)),
                number(form.group(2)),
                number(form.group(3)),
                form.group(4),
                form.group(5)));
    }

    private static @Nullable Long number(@Nullable String digits) {
        return digits == null ? null : Long.valueOf(digits);
    }

    static boolean isPrivate(JsonFields chat) throws MalformedPayload {
        return chat.findText("type").orElse("private").equals("private");
    }

    /** Whether it is one person's chat with the bot itself. */
    boolean isPrivate() {
        return chat > 0 && direct == null && business == null && guest == null;
    }

    /** Whether it is the chat in which people write to a channel, each in a topic of their own. */
    static boolean isDirect(JsonFields chat) {
        return chat.flag("is_direct_messages");
    }

    /** The same in the topic of a person, where it is in none yet. */
    ChatAddress directOf(long person) {
        return direct == null ? new ChatAddress(chat, topic, person, business, guest) : this;
    }

    String text() {
        return chat + (topic == null ? "" : "/" + topic) + (direct == null ? "" : "/d" + direct) + suffix();
    }

    private String suffix() {
        return (business == null ? "" : "@" + business) + (guest == null ? "" : "?" + guest);
    }

    /** The channel's id of a message: Telegram's own is unique within a chat of the bot, or of a business account. */
    String message(long id) {
        return messages() + id;
    }

    /** What the ids of all messages of the chat begin with. */
    String messages() {
        return chat + suffix() + ":";
    }

    @Override
    public String toString() {
        return "Address[…]";
    }
}
