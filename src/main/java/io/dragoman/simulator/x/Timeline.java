// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.UrlEncoded;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/** Messages or posts as X lists them: newest first, in pages. Keeps the last thousand. Thread-safe. */
final class Timeline {
    private static final int KEPT = 1000;

    private final ObjectMapper json = new ObjectMapper();
    private final Deque<ObjectNode> newestFirst = new ArrayDeque<>();

    synchronized void add(ObjectNode entry) {
        newestFirst.addFirst(entry);
        if (newestFirst.size() > KEPT) {
            newestFirst.removeLast();
        }
    }

    synchronized Optional<ObjectNode> find(String id) {
        return newestFirst.stream()
                .filter(one -> one.path("id").asText().equals(id))
                .findFirst();
    }

    /** The newest of an author. */
    synchronized ObjectNode lastOf(String author) {
        return newestFirst.stream()
                .filter(one -> one.path("author_id").asText().equals(author))
                .findFirst()
                .orElseThrow();
    }

    /** A page with the users and media that its entries name; null when it is asked for badly. */
    synchronized ObjectNode page(UrlEncoded query, JsonNode users) {
        int most = query.has("max_results") ? Integer.parseInt(query.get("max_results")) : 100;
        int skip = query.has("pagination_token")
                ? Integer.parseInt(query.get("pagination_token").substring(1))
                : 0;
        long since = query.has("since_id") ? Long.parseLong(query.get("since_id")) : 0;
        ObjectNode answer = json.createObjectNode();
        int at = 0;
        boolean more = false;
        for (Iterator<ObjectNode> all = newestFirst.iterator(); all.hasNext() && !more; ) {
            ObjectNode one = all.next();
            if (one.path("id").asLong() > since && at++ >= skip) {
                more = answer.path("data").size() == most;
                if (!more) {
                    answer.withArray("data").add(one.deepCopy().without("media"));
                    one.path("media").forEach(media -> answer.withObject("/includes")
                            .withArray("media")
                            .add(media));
                }
            }
        }
        answer.withObject("/includes").set("users", users);
        ObjectNode meta =
                answer.putObject("meta").put("result_count", answer.path("data").size());
        if (more) {
            meta.put("next_token", "n" + (skip + most));
        }
        return answer;
    }
}
