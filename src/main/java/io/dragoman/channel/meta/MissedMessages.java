// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Request;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.ListBackfill;
import io.dragoman.connector.kit.ListPage;
import io.dragoman.model.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What customers wrote, as the Conversations API lists it, in the form of the webhook that it would have been, with the
 * same id. The list shows less: no taps on buttons, answers to stories or advertisements.
 *
 * @param account the id under which webhooks name the account, and {@code object} their word for its kind
 */
record MissedMessages(GraphConversations conversations, String object, String account) implements ListBackfill.Source {
    /** The address of an attachment, by the name of what holds it. */
    private static final Map<String, String> PLACES =
            Map.of("image_data", "image", "video_data", "video", "audio_data", "audio");

    @Override
    public ListPage first(LocalDate day) throws TransportFailure {
        GraphConversations.Listed listed =
                conversations.since(day.atStartOfDay(ZoneOffset.UTC).toInstant());
        List<JsonNode> newest = new ArrayList<>(listed.messages());
        newest.removeIf(one -> sent(one)
                .filter(at -> at.atZone(ZoneOffset.UTC).toLocalDate().equals(day))
                .isEmpty());
        newest.sort(
                Comparator.comparing((JsonNode one) -> sent(one).orElseThrow()).reversed());
        return new ListPage(newest, null, listed.at());
    }

    @Override
    public ListPage page(URI address) {
        throw new IllegalStateException("a day has one page");
    }

    @Override
    public Optional<Instant> sent(JsonNode message) {
        return Optional.ofNullable(GraphTime.of(message.path("created_time").asText("")));
    }

    @Override
    public Optional<String> key(JsonNode message) {
        String from = message.path("from").path("id").asText("");
        boolean ours = from.isEmpty() || from.equals(account) || from.equals(conversations.owner());
        return Optional.of(message.path("id").asText("")).filter(id -> !ours && !id.isBlank());
    }

    @Override
    public Request request(JsonNode message, Instant now) {
        ObjectNode root = Json.mapper().createObjectNode().put("object", object);
        ObjectNode element = root.putArray("entry")
                .addObject()
                .put("id", account)
                .putArray("messaging")
                .addObject();
        JsonNode from = message.path("from");
        ObjectNode sender =
                element.putObject("sender").put("id", from.path("id").asText());
        if (from.hasNonNull("name")) {
            sender.set("name", from.path("name"));
        }
        element.putObject("recipient").put("id", account);
        sent(message).ifPresent(at -> element.put("timestamp", at.toEpochMilli()));
        String id = message.path("id").asText();
        ObjectNode content = element.putObject("message").put("mid", id);
        if (!message.path("message").asText("").isEmpty()) {
            content.put("text", message.path("message").asText());
        }
        attachments(message, content);
        return Request.backfilled("conversations/" + id, Json.write(root).getBytes(StandardCharsets.UTF_8), now);
    }

    private static void attachments(JsonNode message, ObjectNode content) {
        ArrayNode all = Json.mapper().createArrayNode();
        for (JsonNode one : message.path("attachments").path("data")) {
            String place = PLACES.keySet().stream().filter(one::has).findFirst().orElse("");
            JsonNode url =
                    place.isEmpty() ? one.path("file_url") : one.path(place).path("url");
            ObjectNode attachment = all.addObject().put("type", PLACES.getOrDefault(place, "file"));
            ObjectNode payload = attachment.putObject("payload").put("url", url.asText(""));
            for (String name : List.of("mime_type", "name")) {
                if (one.hasNonNull(name)) {
                    payload.put(name, one.path(name).asText());
                }
            }
        }
        if (message.hasNonNull("sticker")) {
            all.addObject()
                    .put("type", "sticker")
                    .putObject("payload")
                    .put("sticker_id", "listed")
                    .put("url", message.path("sticker").asText());
        }
        if (!all.isEmpty()) {
            content.set("attachments", all);
        }
    }
}
