// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Json;
import io.dragoman.profile.Expression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
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
 * @param part how often what was new of its page was handed on before its end
 * @param missed whether something in the list that is half read could not be asked for
 * @param heldSince when something could not be asked for first, for which the list is begun again; null where all was
 */
record PollPosition(
        Instant since,
        Instant polled,
        @Nullable Instant began,
        @Nullable String page,
        int pages,
        @Nullable String cursor,
        int part,
        boolean missed,
        @Nullable Instant heldSince) {
    /** For so long what cannot be asked for is asked for again. */
    private static final Duration LONGEST_HELD = Duration.ofDays(1);

    /** Of an account that was never polled. */
    static PollPosition first(Instant since) {
        return new PollPosition(since, Instant.EPOCH, null, null, 0, null, 0, false, null);
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
                    node.hasNonNull("cursor") ? node.path("cursor").asText() : null,
                    node.path("part").asInt(),
                    node.path("missed").asBoolean(),
                    node.hasNonNull("heldSince")
                            ? Instant.parse(node.path("heldSince").asText())
                            : null));
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
        if (part > 0) {
            fields.put("part", part);
        }
        if (missed) {
            fields.put("missed", true);
        }
        if (heldSince != null) {
            fields.put("heldSince", heldSince.toString());
        }
        return Json.write(fields);
    }

    /** What the page is asked by, as expressions see it: a number where it is one. */
    @Nullable
    Object pageValue() {
        return page != null && page.matches("[0-9]{1,9}") ? Integer.valueOf(page) : page;
    }

    /** With another cursor, where there is one; it stays where something is to be asked for again. */
    PollPosition at(@Nullable String another) {
        return another == null || missed
                ? this
                : new PollPosition(since, polled, began, page, pages, another, part, false, heldSince);
    }

    /** With something in the list that could not be asked for. */
    PollPosition missing() {
        return new PollPosition(since, polled, began, page, pages, cursor, part, true, heldSince);
    }

    /** With the same page still to be read to its end. */
    PollPosition within() {
        return new PollPosition(since, polled, began, page, pages, cursor, part + 1, missed, heldSince);
    }

    /** With the next page of its list. */
    PollPosition next(Instant begun, Object following) {
        return new PollPosition(
                since, polled, begun, Expression.asText(following), pages + 1, cursor, 0, missed, heldSince);
    }

    /** At the end of its list, which is begun again from the same time on where something in it is missing. */
    PollPosition done(Instant from, Instant now) {
        Instant held = heldSince == null ? now : heldSince;
        return missed && now.isBefore(held.plus(LONGEST_HELD))
                ? new PollPosition(since, now, null, null, 0, cursor, 0, false, held)
                : new PollPosition(from, now, null, null, 0, cursor, 0, false, null);
    }
}
