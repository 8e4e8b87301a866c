// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.FormFields;
import io.dragoman.connector.kit.ListLookup;
import io.dragoman.connector.kit.ListPage;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the bot wrote in a conversation, as {@code conversations.history} and {@code conversations.replies} list it. A
 * message carries its delivery's key as metadata; a shared file can have none, and is known by its name and size.
 */
final class SentMessages implements ListLookup.Source {
    /** The type of the metadata of every message of ours. */
    static final String MARK = "dragoman_delivery";

    /** A message that an attempt makes at all is listed by then: we hang up after 30 s. */
    static final Duration SETTLED = Duration.ofSeconds(90);

    /** How much longer Slack may look for malware before it shares a file; it names no time. */
    static final Duration SCANNED = Duration.ofMinutes(5);

    private static final String PAGE = "100";
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final ApiClient api;
    private final ToCustomer message;
    private final Instant since;
    private final Predicate<String> known;
    private boolean closed;

    /** @param since when the first attempt began */
    SentMessages(ApiClient api, ToCustomer message, Instant since, Predicate<String> known) {
        this.api = api;
        this.message = message;
        this.since = since;
        this.known = known;
    }

    /** Whether the token may not read the list, and never will. */
    boolean isClosed() {
        return closed;
    }

    boolean isFile() {
        return message.parts().get(0) instanceof Part.Media media && media.id() != null;
    }

    @Override
    public ListPage first() throws TransportFailure {
        return page("");
    }

    @Override
    public ListPage page(URI next) throws TransportFailure {
        return page(String.valueOf(next.getFragment()));
    }

    private ListPage page(String cursor) throws TransportFailure {
        Map<String, String> query = new TreeMap<>(Map.of("limit", PAGE, "include_all_metadata", "true"));
        JsonNode place = SlackPlace.of(message);
        query.put("channel", place.path("channel").asText());
        boolean thread = place.has("thread_ts");
        if (thread) { // the oldest first, other than a channel's history
            query.put("ts", place.path("thread_ts").asText());
            query.put("oldest", since.minus(SKEW).getEpochSecond() + ".000000");
        }
        if (!cursor.isEmpty()) {
            query.put("cursor", cursor);
        }
        Response answer =
                api.transport().http(api.query(thread ? "conversations.replies" : "conversations.history", query));
        if (!ErrorTable.taken(answer)) {
            closed = ErrorTable.error(answer).equals("missing_scope");
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "Slack does not list what was written");
        }
        List<JsonNode> messages = new ArrayList<>();
        answer.json().path("messages").forEach(messages::add);
        String next = answer.json().at("/response_metadata/next_cursor").asText("");
        return new ListPage(
                messages,
                next.isEmpty() ? null : URI.create("cursor:next#" + FormFields.segment(next)),
                answer.answeredAt());
    }

    @Override
    public @Nullable Instant made(JsonNode one) {
        Instant at = SlackPlace.time(one.path("ts").asText(""), Instant.MAX);
        return at.equals(Instant.MAX) ? null : at;
    }

    @Override
    public String id(JsonNode one) {
        return SlackPlace.of(message).path("channel").asText() + ":"
                + one.path("ts").asText("");
    }

    @Override
    public ListLookup.Match match(JsonNode one) {
        boolean ours = one.has("bot_id") && (isFile() ? hasFile(one) : hasKey(one));
        return ours && !known.test(id(one)) ? ListLookup.Match.YES : ListLookup.Match.NO;
    }

    private boolean hasKey(JsonNode one) {
        JsonNode metadata = one.path("metadata");
        return metadata.path("event_type").asText("").equals(MARK)
                && metadata.at("/event_payload/key").asText("").equals(message.key());
    }

    private boolean hasFile(JsonNode one) {
        Part.Media file = (Part.Media) message.parts().get(0);
        for (JsonNode listed : one.path("files")) {
            boolean sameSize = file.size() == null || listed.path("size").asLong(-1) == file.size();
            if (sameSize && listed.path("name").asText("").equals(FileUpload.name(file))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "SentMessages[" + message + "]";
    }
}
