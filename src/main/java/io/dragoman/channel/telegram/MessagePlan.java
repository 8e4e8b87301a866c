// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome.Refused;
import io.dragoman.model.Card;
import io.dragoman.model.LocationRequest;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which method of the Bot API carries a message, with what parameters. */
sealed interface MessagePlan {

    /** One call. */
    record Step(
            String method, ObjectNode parameters, @Nullable Upload upload) implements MessagePlan {

        /** The same to the chat that the group became; its messages have other ids there. */
        Step movedTo(long chat) {
            ObjectNode moved = parameters.deepCopy().put("chat_id", chat);
            moved.remove("reply_parameters");
            return new Step(method, moved, upload);
        }

        @Override
        public String toString() {
            return "Step[" + method + "]";
        }
    }

    /** No call would do it. */
    record Never(Refused refused) implements MessagePlan {
        Never(Reason reason, String detail) {
            this(new Refused(reason, detail));
        }
    }

    /**
     * A file to upload.
     *
     * @param field the parameter that it is
     * @param id of the stored media
     */
    record Upload(
            String field,
            String id,
            String mimeType,
            @Nullable String fileName) {}

    /** Telegram takes 64 bytes to know a button by. */
    int BUTTON_DATA = 64;

    /** How a message goes to a chat; to a guest as the one answer to what they asked. */
    static MessagePlan of(ToCustomer message, ChatAddress address) {
        MessagePlan plan = toChat(message, address);
        return address.guest() == null ? plan : GuestAnswer.of(plan, GuestAnswer.query(message.replyTo(), address));
    }

    private static MessagePlan toChat(ToCustomer message, ChatAddress address) {
        ObjectNode to = envelope(message, address);
        String text = message.parts().stream()
                .map(part -> part instanceof Part.Text written ? written.text() : null)
                .filter(java.util.Objects::nonNull)
                .collect(Collectors.joining("\n\n"));
        List<Part> others = message.parts().stream()
                .filter(part -> !(part instanceof Part.Text))
                .toList();
        if (others.isEmpty()) {
            return text(to, text);
        }
        if (others.size() == 2
                && others.get(0) instanceof Part.Media media
                && others.get(1) instanceof Part.Choices choices) {
            MessagePlan question = choices(to, choices, text);
            if (question instanceof Never) {
                return question;
            }
            to.remove("link_preview_options");
            return MediaPlan.of(to, media, to.remove("text").asText());
        }
        if (others.size() > 1) {
            return new Never(Reason.UNSUPPORTED, "telegram takes one attachment, location, card or question at a time");
        }
        Part other = others.get(0);
        if (other instanceof Part.Media media) {
            return MediaPlan.of(to, media, text);
        }
        if (other instanceof Part.Choices choices) {
            return choices(to, choices, text);
        }
        if (!text.isEmpty()) {
            return new Never(Reason.UNSUPPORTED, "telegram takes no text beside a location or a card");
        }
        if (other instanceof Part.Location location) {
            return location(to, location);
        }
        if (other instanceof LocationRequest request) {
            return KeyboardPlan.locationRequest(to, request);
        }
        if (other instanceof Card product) {
            return KeyboardPlan.card(to, product);
        }
        if (other instanceof Part.ContactCard card) {
            return contact(to, card);
        }
        return new Never(Reason.UNSUPPORTED, "telegram has no such kind of message");
    }

    private static ObjectNode envelope(ToCustomer message, ChatAddress address) {
        ObjectNode to = parametersFor(address);
        String replyTo = message.replyTo();
        String here = address.messages();
        if (replyTo != null
                && replyTo.startsWith(here)
                && replyTo.substring(here.length()).matches("\\d{1,10}")) {
            to.putObject("reply_parameters")
                    .put("message_id", Long.parseLong(replyTo.substring(here.length())))
                    .put("allow_sending_without_reply", true);
        }
        return to;
    }

    private static ObjectNode parametersFor(ChatAddress address) {
        ObjectNode to = ApiClient.parameters().put("chat_id", address.chat());
        if (address.topic() != null) {
            to.put("message_thread_id", address.topic());
        }
        if (address.direct() != null) {
            to.put("direct_messages_topic_id", address.direct());
        }
        if (address.business() != null) {
            to.put("business_connection_id", address.business());
        }
        return to;
    }

    /** Plain text, no markup: what an agent wrote is what the customer reads. */
    static MessagePlan text(ObjectNode to, String text) {
        if (text.isBlank()) {
            return new Never(Reason.CONTENT_REFUSED, "the message has no text");
        }
        to.put("text", text).putObject("link_preview_options").put("is_disabled", true);
        return new Step("sendMessage", to, null);
    }

    private static MessagePlan choices(ObjectNode to, Part.Choices question, String text) {
        List<String> lines = new ArrayList<>();
        lines.add(text);
        lines.add(question.text());
        question.choices().stream() // a button has room for its title only
                .filter(choice -> choice.description() != null)
                .forEach(choice -> lines.add(choice.title() + ": " + choice.description()));
        ArrayNode rows = to.putObject("reply_markup").putArray("inline_keyboard");
        int columns = 1 + (question.choices().size() - 1) / 12;
        for (int i = 0; i < question.choices().size(); i++) {
            Part.Choice choice = question.choices().get(i);
            String data = choice.id().isBlank() ? choice.title() : choice.id();
            if (data.getBytes(StandardCharsets.UTF_8).length > BUTTON_DATA) {
                return new Never(Reason.TOO_LARGE, "telegram takes at most 64 bytes as the id of a choice");
            }
            ArrayNode row = i % columns == 0 ? rows.addArray() : (ArrayNode) rows.get(rows.size() - 1);
            row.addObject().put("text", choice.title()).put("callback_data", data);
        }
        return text(to, lines.stream().filter(line -> !line.isBlank()).collect(Collectors.joining("\n\n")));
    }

    private static MessagePlan location(ObjectNode to, Part.Location place) {
        to.put("latitude", place.latitude()).put("longitude", place.longitude());
        String name = place.name() == null ? place.address() : place.name();
        if (name == null) {
            return new Step("sendLocation", to, null);
        }
        // a venue needs both
        to.put("title", name).put("address", place.address() == null ? name : place.address());
        return new Step("sendVenue", to, null);
    }

    private static MessagePlan contact(ObjectNode to, Part.ContactCard card) {
        if (card.phones().isEmpty()) { // Telegram shows no card without a number
            List<String> lines = new ArrayList<>(List.of(card.name()));
            lines.addAll(card.emails());
            return text(to, String.join("\n", lines));
        }
        to.put("phone_number", card.phones().get(0)).put("first_name", card.name());
        if (card.vcard() != null) {
            to.put("vcard", card.vcard());
        } else if (card.phones().size() > 1 || !card.emails().isEmpty()) {
            to.put("vcard", vcard(card));
        }
        return new Step("sendContact", to, null);
    }

    private static String vcard(Part.ContactCard card) {
        StringBuilder lines = new StringBuilder("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:").append(line(card.name()));
        card.phones().forEach(phone -> lines.append("\r\nTEL:").append(line(phone)));
        card.emails().forEach(email -> lines.append("\r\nEMAIL:").append(line(email)));
        return lines.append("\r\nEND:VCARD\r\n").toString();
    }

    private static String line(String value) {
        return value.replaceAll("\\p{Cntrl}+", " ")
                .replace("\\", "\\\\")
                .replace(",", "\\,")
                .replace(";", "\\;");
    }
}
