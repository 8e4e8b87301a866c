// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says one delivery step in the words of the Cloud API. */
final class Sending {
    private final GraphApi api;

    Sending(GraphApi api) {
        this.api = api;
    }

    Outcome send(ToCustomer message) {
        List<Part> parts = message.parts();
        ObjectNode body = envelope(message);
        if (!parts.isEmpty() && parts.get(0) instanceof Part.Media media) {
            return media(message, media, body);
        }
        if (!parts.isEmpty() && parts.stream().allMatch(Part.ContactCard.class::isInstance)) {
            ArrayNode cards = content(body, "contacts").putArray("contacts");
            parts.forEach(part -> card(cards.addObject(), (Part.ContactCard) part));
            return api.message(body);
        }
        return parts.size() == 1 && part(body, parts.get(0)) ? api.message(body) : unsupported();
    }

    private static ObjectNode envelope(ToCustomer message) {
        ObjectNode body = Json.mapper().createObjectNode().put("messaging_product", "whatsapp");
        String address = message.address();
        boolean group = address.startsWith(Senders.GROUP);
        body.put("recipient_type", group ? "group" : "individual");
        if (Senders.USER_ID.matcher(address).matches()) {
            body.put("recipient", address); // in "to" it is accepted and never delivered
        } else {
            body.put("to", group ? address.substring(Senders.GROUP.length()) : address);
        }
        if (message.replyTo() != null) {
            body.putObject("context").put("message_id", message.replyTo());
        }
        return body.put("biz_opaque_callback_data", message.key());
    }

    /** Adds what is one part; false for what WhatsApp has no word for. */
    private static boolean part(ObjectNode body, Part part) {
        if (part instanceof Part.Text text) {
            // a preview would make Meta fetch whatever address an agent quotes
            content(body, "text").putObject("text").put("body", text.text()).put("preview_url", false);
        } else if (part instanceof Part.Location location) {
            ObjectNode place = content(body, "location").putObject("location");
            place.put("latitude", location.latitude()).put("longitude", location.longitude());
            optional(place, "name", location.name());
            optional(place, "address", location.address());
        } else if (part instanceof Part.Choices choices) {
            choices(content(body, "interactive").putObject("interactive"), choices);
        } else if (part instanceof Part.Template template) {
            template(content(body, "template").putObject("template"), template);
        } else {
            return false;
        }
        return true;
    }

    private Outcome media(ToCustomer message, Part.Media media, ObjectNode body) {
        MediaKind kind = media.media();
        List<Part> rest = message.parts().subList(1, message.parts().size());
        boolean captioned = kind != MediaKind.AUDIO && kind != MediaKind.STICKER;
        if (rest.size() > (captioned ? 1 : 0) || !rest.stream().allMatch(Part.Text.class::isInstance)) {
            return unsupported();
        }
        String type =
                switch (kind) {
                    case IMAGE -> "image";
                    case AUDIO -> "audio";
                    case VIDEO -> "video";
                    case STICKER -> "sticker";
                    case FILE -> "document";
                };
        ObjectNode content = content(body, type).putObject(type);
        if (!rest.isEmpty()) {
            content.put("caption", ((Part.Text) rest.get(0)).text());
        }
        if (kind == MediaKind.FILE) {
            optional(content, "filename", media.fileName());
        }
        if (media.id() == null) {
            if (media.url() == null) {
                return new Outcome.Refused(Reason.MEDIA_REFUSED, "the medium has neither bytes nor an address");
            }
            content.put("link", media.url());
            return api.message(body);
        }
        GraphApi.Upload upload = api.upload(media, media.id(), message.key());
        if (upload.failure() != null) {
            return upload.failure();
        }
        return api.message(body.set(type, content.put("id", upload.id())));
    }

    private static void choices(ObjectNode interactive, Part.Choices choices) {
        boolean list = choices.button() != null;
        interactive.put("type", list ? "list" : "button");
        interactive.putObject("body").put("text", choices.text());
        ObjectNode action = interactive.putObject("action");
        if (list) {
            action.put("button", choices.button());
            ArrayNode rows = action.putArray("sections").addObject().putArray("rows");
            for (Part.Choice choice : choices.choices()) {
                ObjectNode row = rows.addObject().put("id", choice.id()).put("title", choice.title());
                optional(row, "description", choice.description());
            }
        } else {
            ArrayNode buttons = action.putArray("buttons");
            for (Part.Choice choice : choices.choices()) {
                buttons.addObject()
                        .put("type", "reply")
                        .putObject("reply")
                        .put("id", choice.id())
                        .put("title", choice.title());
            }
        }
    }

    private static void template(ObjectNode node, Part.Template template) {
        node.put("name", template.name());
        node.putObject("language").put("code", template.language());
        if (!template.parameters().isEmpty()) {
            ArrayNode parameters =
                    node.putArray("components").addObject().put("type", "body").putArray("parameters");
            template.parameters()
                    .forEach(value -> parameters.addObject().put("type", "text").put("text", value));
        }
    }

    private static void card(ObjectNode node, Part.ContactCard card) {
        // a card needs one more piece of a name than its formatted form
        node.putObject("name").put("formatted_name", card.name()).put("first_name", card.name());
        ArrayNode phones = node.putArray("phones");
        card.phones().forEach(phone -> phones.addObject().put("phone", phone).put("type", "CELL"));
        ArrayNode emails = node.putArray("emails");
        card.emails().forEach(email -> emails.addObject().put("email", email).put("type", "WORK"));
    }

    private static ObjectNode content(ObjectNode body, String type) {
        return body.put("type", type);
    }

    private static void optional(ObjectNode node, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            node.put(name, value);
        }
    }

    private static Outcome unsupported() {
        return new Outcome.Refused(
                Reason.UNSUPPORTED, "a WhatsApp message is one part, some contact cards, or a medium and its caption");
    }
}
