// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Hashes;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.MessagePiece;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.profile.Element;
import io.dragoman.profile.Expression;
import io.dragoman.profile.ProviderTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where in a payload a customer's message stands. What is null is not there.
 *
 * @param when whether it is a message at all; null for always
 * @param id unique within the channel
 * @param media an object, or several, with {@code url} or {@code data} (Base64) and perhaps {@code type}, {@code name}
 *     and {@code caption}
 * @param location a place: an object with {@code latitude}, {@code longitude} and perhaps {@code name}, {@code address} and
 *     {@code url}
 * @param choice what the customer picked: an object with {@code id}, {@code title} or both; it goes before the text
 * @param piece of which message it is a piece: an object with {@code reference}, {@code number} and {@code total}
 * @param optOut whether the customer asks not to be written to any more
 * @param identity the type of the sender's identity where it is no phone number; null for a number
 */
record MessageFields(
        @Nullable Expression when,
        @Nullable Expression id,
        Expression from,
        @Nullable Expression text,
        @Nullable Expression at,
        @Nullable Expression name,
        @Nullable Expression replyTo,
        @Nullable Expression media,
        @Nullable Expression location,
        @Nullable Expression choice,
        @Nullable Expression piece,
        @Nullable Expression optOut,
        @Nullable String identity) {

    CustomerEvent read(Element element) throws MalformedPayload {
        MessageReceived message = message(element);
        List<?> found = element.items(piece);
        return !found.isEmpty() && found.get(0) instanceof Map<?, ?> map
                ? MessagePiece.of(
                        message,
                        Objects.requireNonNullElse(word(map, "reference"), ""),
                        number(map, "number"),
                        number(map, "total"))
                : message;
    }

    private static int number(Map<?, ?> piece, String name) {
        String word = word(piece, name);
        return word != null && word.matches("[0-9]{1,4}") ? Integer.parseInt(word) : 0;
    }

    private MessageReceived message(Element element) throws MalformedPayload {
        String from = element.need(this.from);
        SmsSender phone = identity == null ? SmsSender.of(from, element.country()) : null;
        Identity own = phone != null ? phone.identity() : new Identity(String.valueOf(identity), from, false);
        Sender sender = new Sender(
                phone != null ? phone.value() : from,
                List.of(own),
                element.find(name).orElse(null),
                null);
        String id = id(element, sender);
        return new MessageReceived(
                id,
                ProviderTime.read(element.find(at).orElse(null), element.receivedAt()),
                sender,
                id,
                parts(element),
                element.find(replyTo).orElse(null),
                Threading.NONE,
                phone == null ? null : phone.automatic(),
                consent(element, phone),
                null);
    }

    /** What the provider says of it, else what the customer's own word says on a channel of telephone numbers. */
    private @Nullable Consent consent(Element element, @Nullable SmsSender phone) throws MalformedPayload {
        if (optOut != null && element.matches(optOut)) {
            return Consent.OPTED_OUT;
        }
        return phone == null ? null : phone.consent(element.written(text).orElse(""));
    }

    /**
     * The provider's id. Without one the same sender, text and time are the same message, and without a time too the
     * same minute of receipt.
     */
    private String id(Element element, Sender sender) throws MalformedPayload {
        String given = element.find(id).orElse(null);
        if (given != null) {
            return given;
        }
        String time = element.find(at)
                .orElse(element.receivedAt().truncatedTo(ChronoUnit.MINUTES).toString());
        String text = element.written(this.text).orElse("");
        return "hash:" + Hashes.sha256Hex(sender.address() + "\n" + time + "\n" + text + "\n" + urls(element));
    }

    private List<String> urls(Element element) throws MalformedPayload {
        return element.items(media).stream()
                .map(one -> one instanceof Map<?, ?> map ? content(map) : null)
                .map(String::valueOf)
                .toList();
    }

    private static @Nullable String content(Map<?, ?> media) {
        String data = InlineFile.data(media);
        return data == null ? word(media, "url") : Hashes.sha256Hex(data);
    }

    private List<Part> parts(Element element) throws MalformedPayload {
        PartList parts = new PartList();
        List<?> items = element.items(media);
        for (int item = 0; item < items.size(); item++) {
            if (items.get(item) instanceof Map<?, ?> map) {
                String type = word(map, "type");
                MediaKind kind = type == null ? MediaKind.FILE : MediaKind.of(type);
                String source = InlineFile.data(map) == null
                        ? word(map, "url")
                        : new InlineFile(element.index(), item).source();
                parts.media(kind, type, word(map, "name"), source, word(map, "caption"));
            }
        }
        for (Object place : element.items(location)) {
            parts.location(JsonFields.of(Json.mapper().valueToTree(place)));
        }
        boolean picked = picked(element, parts);
        String written = element.written(text).orElse(null);
        parts.text(picked ? null : written);
        if (!parts.parts().isEmpty()) {
            return parts.parts();
        }
        return written != null || text != null
                ? List.of(new Part.Text(written == null ? "" : written)) // an empty one is a message all the same
                : List.of(new Part.Unsupported("message", "{}"));
    }

    /** Whether something was picked, which says all that the text beside it does. */
    private boolean picked(Element element, PartList parts) throws MalformedPayload {
        List<?> found = element.items(choice);
        if (found.isEmpty() || !(found.get(0) instanceof Map<?, ?> map)) {
            return false;
        }
        String id = word(map, "id");
        String title = word(map, "title");
        parts.choice(id, title);
        return id != null || title != null;
    }

    private static @Nullable String word(Map<?, ?> map, String name) {
        return Expression.asText(map.get(name));
    }
}
