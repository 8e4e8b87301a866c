// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.channel.meta.GraphApi;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.kit.MultipartBody;
import io.dragoman.model.Card;
import io.dragoman.model.Json;
import io.dragoman.model.LocationRequest;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says one delivery step in the words of the Cloud API. */
final class Sender {
    private static final Outcome UNSUPPORTED = new Outcome.Refused(
            Reason.UNSUPPORTED,
            "a WhatsApp message is one part, some contact cards, or one attachment and its caption or choices");
    /** What may stand above buttons. */
    static final Set<MediaKind> HEADERS = Set.of(MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.FILE);

    private static final GraphApi.UploadNames UPLOAD = new GraphApi.UploadNames("file", "id", false);

    private final GraphApi api;

    Sender(GraphApi api) {
        this.api = api;
    }

    Outcome send(ToCustomer message) {
        List<Part> parts = message.parts();
        ObjectNode body = envelope(message);
        if (!parts.isEmpty() && parts.get(0) instanceof Part.Media media) {
            return parts.size() == 2 && parts.get(1) instanceof Part.Choices choices
                    ? below(message, media, choices, body)
                    : media(message, media, body);
        }
        if (parts.size() == 1 && parts.get(0) instanceof Card card) {
            return card(message, card, body);
        }
        if (parts.size() == 1 && parts.get(0) instanceof Part.Template template) {
            return template(message, template, body);
        }
        if (!parts.isEmpty() && parts.stream().allMatch(Part.ContactCard.class::isInstance)) {
            ArrayNode cards = body.put("type", "contacts").putArray("contacts");
            parts.forEach(part -> card(cards.addObject(), (Part.ContactCard) part));
            return post(body);
        }
        return parts.size() == 1 && part(body, parts.get(0)) ? post(body) : UNSUPPORTED;
    }

    /**
     * Turns the ticks of a message blue. Doing so twice is the same as once, so nothing about it is uncertain.
     *
     * @param typing whether it also looks as if somebody were writing
     */
    Outcome markRead(String messageId, boolean typing) {
        if (!InboundNews.isMessage(messageId)) {
            return new Outcome.Sent(null); // a call or a preference has no ticks
        }
        ObjectNode body = product().put("status", "read").put("message_id", messageId);
        if (typing) {
            body.putObject("typing_indicator").put("type", "text");
        }
        return api.post(path("messages"), body, answer -> new Outcome.Sent(null))
                .repeatable();
    }

    private Outcome post(ObjectNode body) {
        return api.post(path("messages"), body, answer -> new Outcome.Sent(
                        answer.words("messages", "id").stream().findFirst().orElse(null))
                .to(CustomerNames.learnt(body, answer)));
    }

    private String path(String what) {
        return api.account().get(WhatsApp.PHONE_NUMBER_ID) + "/" + what;
    }

    private static ObjectNode product() {
        return Json.mapper().createObjectNode().put("messaging_product", "whatsapp");
    }

    private static ObjectNode envelope(ToCustomer message) {
        String address = message.address();
        boolean group = address.startsWith(CustomerNames.GROUP);
        ObjectNode body = product().put("recipient_type", group ? "group" : "individual");
        if (CustomerNames.USER_ID.matcher(address).matches()) {
            body.put("recipient", address); // in "to" it is accepted and never delivered
        } else {
            body.put("to", group ? address.substring(CustomerNames.GROUP.length()) : address);
        }
        if (message.replyTo() != null && InboundNews.isMessage(message.replyTo())) {
            body.putObject("context").put("message_id", message.replyTo());
        }
        return body.put("biz_opaque_callback_data", message.key());
    }

    /** Adds what is one part; false for what WhatsApp does not support. */
    private static boolean part(ObjectNode body, Part part) {
        if (part instanceof Part.Text text) {
            // a preview would make Meta fetch whatever address an agent quotes
            content(body, "text").put("body", text.text()).put("preview_url", false);
        } else if (part instanceof Part.Location location) {
            ObjectNode place = content(body, "location");
            place.put("latitude", location.latitude()).put("longitude", location.longitude());
            optional(place, "name", location.name());
            optional(place, "address", location.address());
        } else if (part instanceof Part.Choices choices) {
            InteractiveContent.choices(content(body, "interactive"), choices);
        } else if (part instanceof LocationRequest request) {
            InteractiveContent.locationRequest(content(body, "interactive"), request);
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
            return UNSUPPORTED;
        }
        ObjectNode content = content(body, TemplateContent.type(kind));
        rest.forEach(caption -> content.put("caption", ((Part.Text) caption).text()));
        return post(message, media, content, body);
    }

    /** A list has room for a text alone above it. */
    private Outcome below(ToCustomer message, Part.Media media, Part.Choices choices, ObjectNode body) {
        if (choices.button() != null || !HEADERS.contains(media.media())) {
            return UNSUPPORTED;
        }
        ObjectNode interactive = content(body, "interactive");
        ObjectNode header = content(interactive.putObject("header"), TemplateContent.type(media.media()));
        InteractiveContent.choices(interactive, choices);
        return post(message, media, header, body);
    }

    private Outcome card(ToCustomer message, Card card, ObjectNode body) {
        ObjectNode interactive = content(body, "interactive");
        if (!InteractiveContent.card(interactive, card)) {
            return UNSUPPORTED;
        }
        Part.Media image = card.image();
        return image == null
                ? post(body)
                : post(message, image, content(interactive.putObject("header"), "image"), body);
    }

    /** Says which media it is in {@code content}, uploads it where it is stored here, and then sends the whole. */
    private Outcome post(ToCustomer message, Part.Media media, ObjectNode content, ObjectNode body) {
        if (media.media() == MediaKind.FILE) {
            optional(content, "filename", media.fileName());
        }
        if (media.id() != null) {
            MultipartBody form = new MultipartBody(api.account().key("whatsapp upload"), message.key())
                    .field("messaging_product", "whatsapp")
                    .field("type", MultipartBody.mimeType(media.mimeType()));
            return api.upload(path("media"), form, UPLOAD, media, media.id(), id -> {
                content.put("id", id);
                return post(body);
            });
        }
        if (media.url() == null) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "the attachment has neither bytes nor an address");
        }
        content.put("link", media.url());
        return post(body);
    }

    private Outcome template(ToCustomer message, Part.Template template, ObjectNode body) {
        TemplateContent content = new TemplateContent(template, WhatsApp.LIMITS);
        Optional<String> problem = content.problem();
        if (problem.isPresent()) {
            return new Outcome.Refused(Reason.CONTENT_REFUSED, problem.get());
        }
        Optional<ObjectNode> header = content.put(content(body, "template"));
        return header.isPresent() && template.header() instanceof Part.Media media
                ? post(message, media, header.get(), body)
                : post(body);
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
        return body.put("type", type).putObject(type);
    }

    private static void optional(ObjectNode node, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            node.put(name, value);
        }
    }
}
