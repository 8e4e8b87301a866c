// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Structured;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The content of a message of the Messenger Platform. What has fields becomes structured, with a text for readers. */
final class MessagingParts {
    private MessagingParts() {}

    /** Never empty. */
    static List<Part> of(JsonFields message) {
        PartList parts = new PartList();
        JsonFields quick = message.inner("quick_reply");
        String text = message.word("text");
        if (quick.has("payload")) {
            parts.choice(quick.word("payload"), text == null ? quick.word("payload") : text);
        } else {
            parts.text(text);
        }
        List<JsonFields> attachments = message.each("attachments");
        boolean stickers = attachments.stream().anyMatch(one -> "sticker".equals(one.word("type")));
        List<Part> all = new ArrayList<>(parts.parts());
        attachments.stream()
                // until 2026-08-30 a sticker comes as a picture too
                .filter(one -> !(stickers && isPictureOfSticker(one)))
                .forEach(one -> all.addAll(MessagingAttachment.of(one, text)));
        story(message.inner("reply_to").inner("story")).forEach(all::add);
        if (message.inner("referral").node().isObject()) {
            all.add(referral(message.inner("referral")));
        }
        if (all.isEmpty()) {
            all.add(new Part.Unsupported(message.flag("is_unsupported") ? "unsupported" : "message", message.raw()));
        }
        return all;
    }

    private static boolean isPictureOfSticker(JsonFields attachment) {
        return "image".equals(attachment.word("type"))
                && attachment.inner("payload").has("sticker_id");
    }

    private static Stream<Part> story(JsonFields story) {
        return story.node().isObject()
                ? Stream.of(new Structured("story_reply", lines("Answer to a story", story.word("url")), story.node()))
                : Stream.empty();
    }

    /** What was tapped, and how the customer came there. */
    static List<Part> postback(JsonFields postback) {
        String payload = postback.word("payload");
        String title = postback.word("title");
        List<Part> parts = new ArrayList<>(new PartList()
                .choice(payload, title == null ? payload : title)
                .other("postback", payload == null && title == null ? postback.raw() : null)
                .parts());
        if (postback.inner("referral").node().isObject()) {
            parts.add(referral(postback.inner("referral")));
        }
        return parts;
    }

    /** Where a customer came from: an advertisement, a link, a product. */
    static Part referral(JsonFields referral) {
        JsonFields ad = referral.inner("ads_context_data");
        boolean advertised = referral.has("ad_id") || "ADS".equals(referral.word("source"));
        String product = referral.inner("product").word("id");
        return new Structured(
                "referral",
                lines(
                        advertised ? "Came from an advertisement" : "Came by a link",
                        ad.word("ad_title"),
                        product == null ? null : "Product: " + product,
                        referral.word("ref"),
                        referral.word("referer_uri")),
                referral.node());
    }

    static String optin(JsonFields optin) {
        String status = optin.word("notification_messages_status");
        return lines(
                status == null ? "Agreed to be written to" : "Notifications: " + status,
                optin.word("title"),
                optin.word("ref"));
    }

    /** The ids of the messages that a receipt is about; none where Meta does not tell. */
    static List<String> ids(JsonFields receipt) {
        String one = receipt.word("mid");
        List<String> several = new ArrayList<>();
        for (JsonFields id : receipt.each("mids")) {
            JsonNode node = id.node();
            if (node.isTextual() && !node.asText().isBlank()) {
                several.add(JsonFields.clean(node.asText()));
            }
        }
        return one == null ? several : List.of(one);
    }

    static String lines(@Nullable String... lines) {
        return Stream.of(lines).filter(Objects::nonNull).collect(Collectors.joining("\n"));
    }

    static MediaKind kind(String type) {
        return switch (type) {
            case "image" -> MediaKind.IMAGE;
            case "video" -> MediaKind.VIDEO;
            case "audio" -> MediaKind.AUDIO;
            case "sticker" -> MediaKind.STICKER;
            default -> MediaKind.FILE;
        };
    }
}
