// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Json;
import io.dragoman.profile.Expression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a helpdesk was asked what changed. Immutable.
 *
 * @param since from when on, by its clock
 * @param polled when it was asked last to the end, by ours
 * @param began when its list was begun, by its clock; null where none is half read
 * @param page what the next page is asked by; null for the first
 * @param pages how many are read of the list
 * @param cursor what the helpdesk gave as the beginning of the next poll; null where it gave none
 */
record PollPosition(
        Instant since,
        Instant polled,
        @Nullable Instant began,
        @Nullable String page,
        int pages,
        @Nullable String cursor) {

    /** Of an account that was never polled. */
    static PollPosition first(Instant since) {
        return new PollPosition(since, Instant.EPOCH, null, null, 0, null);
    }

    /** What {@link #write} wrote; empty for anything else. */
    static Optional<PollPosition> read(String position) {
        try {
            JsonNode node = Json.tree(position.getBytes(StandardCharsets.UTF_8));
            return Optional.of(new PollPosition(
                    Instant.parse(node.path("since").asText()),
                    Instant.parse(node.path("polled").asText()),
                    node.hasNonNull("began") ? Instant.parse(node.path("began").asText()) : null,
                    node.hasNonNull("page") ? node.path("page").asText() : null,
                    node.path("pages").asInt(),
                    node.hasNonNull("cursor") ? node.path("cursor").asText() : null));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    String write() {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("since", since.toString());
        fields.put("polled", polled.toString());
        if (began != null) {
            fields.put("began", began.toString());
        }
        if (page != null) {
            fields.put("page", page);
            fields.put("pages", pages);
        }
        if (cursor != null) {
            fields.put("cursor", cursor);
        }
        return Json.write(fields);
    }

    /** What the page is asked by, as expressions see it: a number where it is one. */
    @Nullable
    Object pageValue() {
        return page != null && page.matches("[0-9]{1,9}") ? Integer.valueOf(page) : page;
    }

    /** With another cursor, where there is one. */
    PollPosition at(@Nullable String another) {
        return another == null ? this : new PollPosition(since, polled, began, page, pages, another);
    }

    /** With the next page of its list. */
    PollPosition next(Instant begun, Object following) {
        return new PollPosition(since, polled, begun, Expression.asText(following), pages + 1, cursor);
    }

    /** At the end of its list. */
    PollPosition done(Instant from, Instant now) {
        return new PollPosition(from, now, null, null, 0, cursor);
    }
}
