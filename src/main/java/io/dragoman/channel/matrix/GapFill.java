// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.channel.matrix.SyncPosition.Gap;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what an answer left out of a room, a page at a time: back to what is known, then forth again. */
record GapFill(ApiClient api, PollContext context, SyncMemory memory) {
    private static final int PAGE = 100;
    /** A gap of 50,000 events; what lies behind is told of. */
    private static final int MOST_PAGES = 500;

    /** One step of the first gap: its position says what is left. */
    Batch step(SyncPosition position) throws TransportFailure {
        Gap gap = position.gaps().get(0);
        String from = gap.pages().get(gap.pages().size() - 1);
        Page page = ask(gap, from);
        if (!gap.found()) {
            boolean over = page.end() == null || page.known();
            boolean tooLong = !over && gap.pages().size() >= MOST_PAGES;
            Gap more = over || tooLong || page.end() == null
                    ? new Gap(gap.room(), gap.until(), gap.pages(), true)
                    : new Gap(gap.room(), gap.until(), with(gap.pages(), page.end()), false);
            String problem = tooLong
                    ? "a room has more than " + MOST_PAGES * PAGE
                            + " events since the last answer; older ones are not read"
                    : null;
            return new Batch(List.of(), first(position, more).write(), problem);
        }
        RoomEvents events = new RoomEvents(api, context, memory, position);
        for (JsonNode event : page.events()) {
            events.take(gap.room(), event, true);
        }
        List<String> left = gap.pages().subList(0, gap.pages().size() - 1);
        SyncPosition next = left.isEmpty()
                ? events.position()
                        .gaps(position.gaps().subList(1, position.gaps().size()))
                : first(events.position(), new Gap(gap.room(), gap.until(), left, true));
        return new Batch(events.requests(), next.write());
    }

    private static SyncPosition first(SyncPosition position, Gap gap) {
        List<Gap> gaps = new ArrayList<>(position.gaps());
        gaps.set(0, gap);
        return position.gaps(gaps);
    }

    private static List<String> with(List<String> pages, String one) {
        List<String> more = new ArrayList<>(pages);
        more.add(one);
        return more;
    }

    /**
     * A page, up to what is known.
     *
     * @param events the oldest first
     * @param end where the next older page begins; null for none
     * @param known whether it reaches what is known, so that there is no need of older ones
     */
    private record Page(List<JsonNode> events, @Nullable String end, boolean known) {
        @Override
        public String toString() {
            return "Page[" + events.size() + "]";
        }
    }

    private Page ask(Gap gap, String from) throws TransportFailure {
        String until = gap.until();
        Response answer = api.known(ApiClient.CLIENT + "/rooms/" + MatrixId.inPath(gap.room())
                + "/messages?dir=b&limit=" + PAGE + "&from=" + encoded(from)
                + (until == null ? "" : "&to=" + encoded(until)));
        if (!answer.ok()) {
            return new Page(List.of(), null, true); // we are not in the room any more
        }
        JsonNode json = answer.json();
        if (!json.path("chunk").isArray()) {
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "the homeserver answered without a room's messages");
        }
        List<JsonNode> events = new ArrayList<>();
        boolean known = false;
        for (JsonNode event : json.path("chunk")) { // the newest first
            known = MatrixEvent.isBeginning(event, memory.me())
                    || context.taken(event.path("event_id").asText(""));
            if (known) {
                break;
            }
            events.add(0, event);
        }
        String end = json.path("end").asText("");
        boolean more =
                !end.isEmpty() && !end.equals(from) && !json.path("chunk").isEmpty();
        return new Page(events, more ? end : null, known);
    }

    private static String encoded(String token) {
        return URLEncoder.encode(token, StandardCharsets.UTF_8);
    }
}
