// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer goes, as text {@code chat[/topic][@business]}.
 *
 * @param chat up to 52 bits; negative for a group
 * @param topic of a forum; an answer without it would land in the general topic
 * @param business the connection through which the bot speaks for a business account
 */
record ChatAddress(
        long chat, @Nullable Long topic, @Nullable String business) {
    private static final String BUSINESS = "[A-Za-z0-9_-]{1,200}";
    private static final Pattern FORM = Pattern.compile("(-?\\d{1,18})(?:/(\\d{1,18}))?(?:@(" + BUSINESS + "))?");

    /** The address that a message came from. */
    static ChatAddress of(JsonFields message) throws MalformedPayload {
        JsonFields chat = message.object("chat");
        boolean forum = message.flag("is_topic_message") && !isPrivate(chat);
        Long topic = forum ? message.findNumber("message_thread_id").orElse(null) : null;
        if (topic != null && topic < 0) {
            throw new MalformedPayload(message.at("message_thread_id") + " must not be negative");
        }
        String business = message.findText("business_connection_id").orElse(null);
        if (business != null && !business.matches(BUSINESS)) {
            throw new MalformedPayload(message.at("business_connection_id") + " has characters that no id has");
        }
        return new ChatAddress(chat.number("id"), topic, business);
    }

    static Optional<ChatAddress> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        Long topic = form.group(2) == null ? null : Long.valueOf(form.group(2));
        return Optional.of(new ChatAddress(Long.parseLong(form.group(1)), topic, form.group(3)));
    }

    static boolean isPrivate(JsonFields chat) throws MalformedPayload {
        return chat.findText("type").orElse("private").equals("private");
    }

    String text() {
        return chat + (topic == null ? "" : "/" + topic) + (business == null ? "" : "@" + business);
    }

    /** The channel's id of a message: Telegram's own is unique within a chat of the bot, or of a business account. */
    String message(long id) {
        return messages() + id;
    }

    /** What the ids of all messages of the chat begin with. */
    String messages() {
        return chat + (business == null ? "" : "@" + business) + ":";
    }

    @Override
    public String toString() {
        return "Address[…]";
    }
}
