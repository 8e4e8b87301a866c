// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.Json;
import io.dragoman.model.LocationRequest;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.UnicodeText;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says one delivery step in the words of the Messaging API. */
final class Sender {
    private static final int ADDRESS = 100;

    private final ApiClient api;

    Sender(ApiClient api) {
        this.api = api;
    }

    Outcome send(ToCustomer message) {
        if (message.parts().size() != 1) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "a LINE message is one part");
        }
        ObjectNode body = Json.mapper().createObjectNode().put("to", message.address());
        Outcome refused = part(message.parts().get(0), body.putArray("messages").addObject());
        HttpCall push = api.call("POST", "/v2/bot/message/push", body)
                .header("X-Line-Retry-Key", retryKey(message.key()).toString());
        return refused == null ? api.transport().attempt(push, Sender::answered) : refused;
    }

    /** LINE takes a UUID alone; the same delivery has the same one at every attempt. */
    static UUID retryKey(String key) {
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }

    /** 409 says that an earlier attempt was accepted. */
    private static Outcome answered(Response response) {
        if (!response.ok() && response.status() != 409) {
            return ErrorTable.outcome(response);
        }
        JsonNode id = response.json().path("sentMessages").path(0).path("id");
        return new Outcome.Sent(id.isTextual() && !id.asText().isBlank() ? id.asText() : null);
    }

    /** Writes a part; else why it cannot go. */
    private static @Nullable Outcome part(Part part, ObjectNode message) {
        if (part instanceof Part.Text text) {
            message.put("type", "text").put("text", text.text());
        } else if (part instanceof Part.Choices choices) {
            message.put("type", "text").put("text", choices.text());
            choices(choices, message.putObject("quickReply").putArray("items"));
        } else if (part instanceof LocationRequest request) {
            message.put("type", "text").put("text", request.text());
            ArrayNode items = message.putObject("quickReply").putArray("items");
            items.addObject()
                    .put("type", "action")
                    .putObject("action")
                    .put("type", "location")
                    .put("label", "📍");
        } else if (part instanceof Part.Media media) {
            return picture(media, message);
        } else if (part instanceof Part.Location location) {
            message.put("type", "location").put("title", called(location)).put("address", address(location));
            message.put("latitude", location.latitude()).put("longitude", location.longitude());
        } else if (part instanceof Card card) {
            FlexMessage.card(card, message);
        } else if (part instanceof Carousel carousel) {
            FlexMessage.carousel(carousel, message);
        } else {
            return new Outcome.Refused(Reason.UNSUPPORTED, "LINE has no such message");
        }
        return null;
    }

    private static void choices(Part.Choices choices, ArrayNode items) {
        for (Part.Choice choice : choices.choices()) {
            ObjectNode action = items.addObject().put("type", "action").putObject("action");
            postback(action, choice.id(), choice.title());
        }
    }

    /** The answer brings back {@code data} alone: the title goes with the id. */
    static void postback(ObjectNode action, String id, String title) {
        action.put("type", "postback").put("label", title).put("displayText", title);
        action.put("data", id + "\n" + title);
    }

    private static @Nullable Outcome picture(Part.Media media, ObjectNode message) {
        if (media.url() == null || !media.url().startsWith("https:")) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "LINE fetches media itself and needs an https address");
        }
        message.put("type", "image").put("originalContentUrl", media.url()).put("previewImageUrl", media.url());
        return null;
    }

    private static String called(Part.Location location) {
        String name = location.name();
        return UnicodeText.cut(name == null || name.isBlank() ? "📍" : name, ADDRESS);
    }

    private static String address(Part.Location location) {
        String address = location.address();
        String degrees = location.latitude() + ", " + location.longitude();
        return UnicodeText.cut(address == null || address.isBlank() ? degrees : address, ADDRESS);
    }
}
