// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Json;
import io.dragoman.store.Feeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Entries of a feed as their readers get them: the channel's own object with {@code seq} and {@code at}. */
final class FeedJson {
    private FeedJson() {}

    static ObjectNode entry(Feeds.Entry entry) {
        try {
            ObjectNode json = (ObjectNode) Json.tree(entry.content().getBytes(StandardCharsets.UTF_8));
            return json.put("seq", entry.seq()).put("at", entry.at().toString());
        } catch (IOException e) {
            throw new UncheckedIOException("a feed's entry is no JSON", e);
        }
    }

    /** A page: {@code lastSeq} is where the next one goes on. */
    static ObjectNode page(List<Feeds.Entry> entries, long after) {
        ObjectNode page = Json.mapper().createObjectNode();
        ArrayNode items = page.putArray("items");
        entries.forEach(entry -> items.add(entry(entry)));
        long last = entries.isEmpty() ? after : entries.get(entries.size() - 1).seq();
        return page.put("lastSeq", last);
    }

    /** One server-sent event; JSON has no line breaks of its own. */
    static String event(Feeds.Entry entry) {
        return "id: " + entry.seq() + "\ndata: " + entry(entry) + "\n\n";
    }
}
