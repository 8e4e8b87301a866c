// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.MultipartBody;
import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import io.dragoman.model.TemplateButton;
import io.dragoman.model.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Says one delivery step in the words of the Send API: https://developers.facebook.com/docs/messenger-platform/reference/send-api.
 *
 * @param owner the id of the page or account that writes
 * @param humanAgent whether what agents write carries the tag that opens seven days
 * @param takesThread whether what agents write takes the conversation from another app
 */
record MessagingSender(GraphApi api, String owner, String platform, boolean humanAgent, boolean takesThread) {
    private static final GraphApi.UploadNames UPLOAD = new GraphApi.UploadNames("filedata", "attachment_id", true);
    private static final Outcome UNSUPPORTED =
            new Outcome.Refused(Reason.UNSUPPORTED, "a message of this channel is one part of a type that it has");

    Outcome send(ToCustomer message) {
        if (message.parts().size() != 1) {
            return UNSUPPORTED;
        }
        Part part = message.parts().get(0);
        ObjectNode body = envelope(message, part);
        ObjectNode content = body.putObject("message").put("metadata", MessagingReader.MARK + message.key());
        if (part instanceof Part.Media media) {
            return media(message, media, body, content.putObject("attachment"));
        }
        Optional<String> problem = part instanceof Part.Template template && !OptInRequest.isOne(template)
                ? problem(template)
                : Optional.empty();
        if (problem.isPresent()) {
            return new Outcome.Refused(Reason.CONTENT_REFUSED, problem.get());
        }
        return part(part, content) ? post(message, body) : UNSUPPORTED;
    }

    /**
     * Shows the customer that all was seen; twice is the same as once.
     *
     * @param typing whether it also looks as if somebody were writing: tried once, for a late sign would be wrong
     */
    Outcome markSeen(String customer, boolean typing) {
        Outcome seen = act(customer, "mark_seen");
        if (!typing || !(seen instanceof Outcome.Sent)) {
            return seen;
        }
        return act(customer, "typing_on") instanceof Outcome.Sent
                ? seen
                : new Outcome.Sent(null, List.of(), "that somebody is writing was not shown");
    }

    private Outcome act(String customer, String action) {
        ObjectNode body = Json.mapper().createObjectNode().put("sender_action", action);
        body.putObject("recipient").put("id", customer);
        return api.post(path("messages"), body, answer -> new Outcome.Sent(null))
                .repeatable();
    }

    private Outcome post(ToCustomer message, ObjectNode body) {
        Function<JsonFields, Outcome> sent = answer -> sent(message.address(), answer);
        if (!takesThread || message.automatic() || NotificationTokens.isToken(message.address())) {
            return api.post(path("messages"), body, sent);
        }
        Supplier<Outcome> again = () -> api.post(path("messages"), body, sent);
        return api.post(
                path("messages"),
                body,
                sent,
                answer -> ThreadControl.isElsewhere(answer)
                        ? new ThreadControl(api, owner).take(message.address(), again)
                        : api.refused(answer));
    }

    /** What was sent by a token tells whose it is, under either of two names in Meta's documentation. */
    private Outcome sent(String address, JsonFields answer) {
        JsonFields recipient = answer.inner("recipient");
        String id = answer.word("message_id");
        Outcome.Sent sent = new Outcome.Sent(id == null ? recipient.word("message_id") : id);
        String customer = answer.word("recipient_id") == null ? answer.word("recipient") : answer.word("recipient_id");
        return customer == null || !NotificationTokens.isToken(address)
                ? sent
                : sent.to(List.of(
                        new Identity(platform, customer, true),
                        NotificationTokens.identity(NotificationTokens.token(address))));
    }

    private String path(String what) {
        return owner + "/" + what;
    }

    private ObjectNode envelope(ToCustomer message, Part part) {
        ObjectNode body = Json.mapper().createObjectNode();
        boolean token = NotificationTokens.isToken(message.address());
        body.putObject("recipient")
                .put(
                        token ? "notification_messages_token" : "id",
                        token ? NotificationTokens.token(message.address()) : message.address());
        if (token) {
            body.put("messaging_type", "UPDATE");
        } else if (part instanceof Part.Template template && !OptInRequest.isOne(template)) {
            body.put("messaging_type", "UTILITY");
        } else if (humanAgent && !message.automatic() && !(part instanceof Part.Template)) {
            body.put("messaging_type", "MESSAGE_TAG").put("tag", "HUMAN_AGENT");
        } else {
            body.put("messaging_type", "RESPONSE");
        }
        if (message.replyTo() != null && !message.replyTo().contains("|")) { // else it has no id at Meta
            body.putObject("reply_to").put("mid", message.replyTo());
        }
        return body;
    }

    /** Adds what is one part; false for what the channel does not support. */
    private static boolean part(Part part, ObjectNode content) {
        if (part instanceof Part.Text text) {
            content.put("text", text.text());
        } else if (part instanceof Part.Choices choices) {
            content.put("text", choices.text());
            ArrayNode replies = content.putArray("quick_replies");
            choices.choices().forEach(choice -> replies.addObject()
                    .put("content_type", "text")
                    .put("title", choice.title())
                    .put("payload", choice.id()));
        } else if (part instanceof Card card) {
            cards(List.of(card), template(content));
        } else if (part instanceof Carousel carousel) {
            cards(carousel.cards(), template(content));
        } else if (part instanceof Part.Template template && OptInRequest.isOne(template)) {
            return OptInRequest.put(template, template(content));
        } else if (part instanceof Part.Template template) {
            approved(content.putObject("template"), template);
        } else {
            return false;
        }
        return true;
    }

    private static ObjectNode template(ObjectNode content) {
        return content.putObject("attachment").put("type", "template").putObject("payload");
    }

    /** A card that has neither picture nor more than a title needs buttons: then it is a text with these below. */
    private static void cards(List<Card> cards, ObjectNode payload) {
        Card first = cards.get(0);
        if (cards.size() == 1 && first.image() == null && !first.buttons().isEmpty()) {
            payload.put("template_type", "button").put("text", MessagingParts.lines(first.title(), first.text()));
            buttons(first, payload);
            return;
        }
        ArrayNode elements = payload.put("template_type", "generic").putArray("elements");
        for (Card card : cards) {
            ObjectNode element = elements.addObject().put("title", card.title());
            if (card.text() != null) {
                element.put("subtitle", card.text());
            }
            if (card.image() != null && card.image().url() != null) {
                element.put("image_url", card.image().url());
            }
            if (!card.buttons().isEmpty()) {
                buttons(card, element);
            }
        }
    }

    private static void buttons(Card card, ObjectNode node) {
        ArrayNode buttons = node.putArray("buttons");
        for (Card.Button button : card.buttons()) {
            ObjectNode one = buttons.addObject().put("title", button.title());
            if (button.url() == null) {
                one.put("type", "postback").put("payload", button.id());
            } else {
                one.put("type", "web_url").put("url", button.url());
            }
        }
    }

    private static void approved(ObjectNode node, Part.Template template) {
        ArrayNode components = new ApprovedTemplate(template).put(node);
        if (!template.buttons().isEmpty()) {
            ArrayNode parameters = ApprovedTemplate.component(components, "buttons");
            sorted(template)
                    .forEach(button ->
                            parameters.addObject().put("type", "POSTBACK").put("payload", button.payload()));
        }
        if (!components.isEmpty()) {
            node.set("components", components);
        }
    }

    /** Why Meta would refuse a utility message: its API has texts in header and body, and payloads of buttons. */
    private static Optional<String> problem(Part.Template template) {
        if (template.header() instanceof Part.Media) {
            return Optional.of("template: its header cannot be media here, only a text");
        }
        List<TemplateButton> buttons = sorted(template);
        for (int i = 0; i < buttons.size(); i++) {
            if (buttons.get(i).payload() == null || buttons.get(i).index() != i) {
                return Optional.of("template: buttons take a payload here, no url, and each from the first (0) on one");
            }
        }
        return new ApprovedTemplate(template).problem();
    }

    private static List<TemplateButton> sorted(Part.Template template) {
        return template.buttons().stream()
                .sorted(Comparator.comparing(TemplateButton::index))
                .toList();
    }

    private Outcome media(ToCustomer message, Part.Media media, ObjectNode body, ObjectNode attachment) {
        String type = media.media() == MediaKind.STICKER ? "image" : Words.of(media.media());
        ObjectNode payload = attachment.put("type", type).putObject("payload");
        if (media.id() != null) {
            ObjectNode wanted = Json.mapper().createObjectNode();
            wanted.putObject("attachment")
                    .put("type", type)
                    .putObject("payload")
                    .put("is_reusable", false);
            MultipartBody form = new MultipartBody(api.account().key("meta upload"), message.key())
                    .field("platform", platform)
                    .field("message", Json.write(wanted));
            return api.upload(path("message_attachments"), form, UPLOAD, media, media.id(), id -> {
                payload.put("attachment_id", id);
                return post(message, body);
            });
        }
        if (media.url() == null) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "the attachment has neither bytes nor an address");
        }
        payload.put("url", media.url()).put("is_reusable", false);
        return post(message, body);
    }
}
