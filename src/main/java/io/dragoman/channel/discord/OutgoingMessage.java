// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery step as Discord takes it, or why it takes it not.
 *
 * @param file to be uploaded beside the body; null for none
 */
record OutgoingMessage(
        ObjectNode body,
        Part.@Nullable Media file,
        @Nullable Outcome refusal) {
    /** How much longer a mention makes a text: {@code <@…> } around an id of twenty digits. */
    static final int MENTION = 24;

    private static final int NO_PREVIEWS = 1 << 2;
    private static final int ROW = 1;
    private static final int BUTTON = 2;
    private static final int MENU = 3;
    private static final int IN_A_ROW = 5;
    private static final int LONGEST_ID = 100;
    private static final int NAME = 100;

    static OutgoingMessage of(ToCustomer message, DiscordPlace place) {
        List<Part> parts = message.parts();
        Part first = parts.get(0);
        boolean captioned = parts.size() == 2 && first instanceof Part.Media && parts.get(1) instanceof Part.Text;
        if (parts.size() != 1 && !captioned) {
            return refused(Reason.UNSUPPORTED, "a Discord message is one part, or a file and its text");
        }
        ObjectNode body = frame(message, place);
        if (first instanceof Part.Text text) {
            body.put("content", addressed(place, text.text()));
            return new OutgoingMessage(body, null, null);
        }
        if (first instanceof Part.Choices choices) {
            return choices(body, place, choices);
        }
        String caption = captioned ? ((Part.Text) parts.get(1)).text() : "";
        return first instanceof Part.Media media
                ? media(body, place, media, caption)
                : refused(Reason.UNSUPPORTED, "Discord has no such message");
    }

    /** Nobody is called by what a text happens to hold: only whom it is for, where others read along. */
    private static ObjectNode frame(ToCustomer message, DiscordPlace place) {
        ObjectNode body = Json.mapper().createObjectNode().put("flags", NO_PREVIEWS);
        ObjectNode mentions = body.putObject("allowed_mentions");
        mentions.putArray("parse");
        if (isShared(place)) {
            mentions.putArray("users").add(place.user());
        }
        if (message.replyTo() != null && Snowflake.is(message.replyTo())) {
            body.putObject("message_reference")
                    .put("message_id", message.replyTo())
                    .put("fail_if_not_exists", false);
        }
        return body;
    }

    private static boolean isShared(DiscordPlace place) {
        return place.channel() != null && place.user() != null;
    }

    private static String addressed(DiscordPlace place, String text) {
        return isShared(place) ? ("<@" + place.user() + "> " + text).strip() : text;
    }

    private static OutgoingMessage media(ObjectNode body, DiscordPlace place, Part.Media media, String caption) {
        if (media.id() == null) { // Discord shows what is at the address
            String link = media.url() == null ? "" : (caption + "\n" + media.url()).strip();
            body.remove("flags");
            body.put("content", addressed(place, link));
            return link.isEmpty()
                    ? refused(Reason.MEDIA_REFUSED, "the media has neither bytes nor a link")
                    : new OutgoingMessage(body, null, null);
        }
        String content = addressed(place, caption);
        if (!content.isBlank()) {
            body.put("content", content);
        }
        body.putArray("attachments").addObject().put("id", 0);
        return new OutgoingMessage(body, media, null);
    }

    private static OutgoingMessage choices(ObjectNode body, DiscordPlace place, Part.Choices choices) {
        String content = addressed(place, choices.text());
        if (!content.isBlank()) {
            body.put("content", content);
        }
        if (choices.choices().stream()
                .anyMatch(choice -> choice.id().isEmpty() || choice.id().length() > LONGEST_ID)) {
            return refused(Reason.TOO_LARGE, "Discord takes 1 to 100 characters as the id of a choice");
        }
        ArrayNode rows = body.putArray("components");
        if (choices.button() == null) {
            buttons(rows, choices.choices());
        } else {
            menu(row(rows).addObject(), choices.button(), choices.choices());
        }
        return new OutgoingMessage(body, null, null);
    }

    private static void buttons(ArrayNode rows, List<Part.Choice> choices) {
        ArrayNode row = row(rows);
        for (Part.Choice choice : choices) {
            row = row.size() == IN_A_ROW ? row(rows) : row;
            row.addObject()
                    .put("type", BUTTON)
                    .put("style", 1)
                    .put("label", choice.title())
                    .put("custom_id", choice.id());
        }
    }

    private static void menu(ObjectNode menu, String label, List<Part.Choice> choices) {
        menu.put("type", MENU).put("custom_id", "choices").put("placeholder", label);
        ArrayNode options = menu.putArray("options");
        for (Part.Choice choice : choices) {
            ObjectNode option = options.addObject().put("label", choice.title()).put("value", choice.id());
            if (choice.description() != null && choice.description().length() <= NAME) {
                option.put("description", choice.description());
            }
        }
    }

    private static ArrayNode row(ArrayNode rows) {
        return rows.addObject().put("type", ROW).putArray("components");
    }

    private static OutgoingMessage refused(Reason reason, String why) {
        return new OutgoingMessage(Json.mapper().createObjectNode(), null, new Outcome.Refused(reason, why));
    }

    @Override
    public String toString() {
        return "OutgoingMessage[…]";
    }
}
