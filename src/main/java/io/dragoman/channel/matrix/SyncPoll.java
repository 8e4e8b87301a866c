// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.channel.matrix.SyncPosition.Gap;
import io.dragoman.connector.Batch;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The polls of one account: {@code /sync} from the stored position. At the first start only the position is taken, and
 * nothing that was written before. For one thread.
 */
final class SyncPoll {
    private static final Duration LONGEST = Duration.ofSeconds(50);
    /** A request on the wire cannot be called back, so each is short: stopping takes no longer. */
    private static final Duration SLICE = Duration.ofSeconds(2);
    /** How much later than the homeserver we give up. */
    private static final Duration GRACE = Duration.ofSeconds(20);
    /** Events of a room in one answer; more are read page by page. */
    private static final int EVENTS = 20;

    private final ApiClient api;
    private final PollContext context;
    private @Nullable SyncMemory memory;

    SyncPoll(ApiClient api, PollContext context) {
        this.api = api;
        this.context = context;
    }

    Batch poll(String text) throws TransportFailure {
        SyncMemory known = memory;
        if (known == null) {
            known = new SyncMemory(api, api.whoAmI());
            memory = known;
        }
        SyncPosition position = SyncPosition.read(text).of(known.me());
        if (!position.gaps().isEmpty()) {
            return new GapFill(api, context, known).step(position);
        }
        Invitations invitations = new Invitations(api, known.me());
        SyncPosition invited = invitations.accept(position);
        return invited.equals(position)
                ? take(position, known)
                : new Batch(List.of(), invited.write(), invitations.problem()); // stored before anything is read there
    }

    private Batch take(SyncPosition from, SyncMemory known) throws TransportFailure {
        SyncPosition position = from;
        long end = System.nanoTime() + shorter(context.limit(), LONGEST).toNanos();
        while (true) {
            long left = context.stopping() || from.since().isEmpty() ? 0 : end - System.nanoTime();
            Duration wait = left <= 0 ? Duration.ZERO : shorter(Duration.ofNanos(left), SLICE);
            RoomEvents events = answer(position, ask(position.since(), wait), known);
            boolean news = !events.requests().isEmpty() || !events.position().equals(position.since(next(events)));
            position = events.position();
            if (news || left <= 0 || context.stopping()) {
                return new Batch(events.requests(), position.write());
            }
        }
    }

    private static String next(RoomEvents events) {
        return events.position().since();
    }

    private JsonNode ask(String since, Duration wait) throws TransportFailure {
        JsonNode answer = ask(since, wait, EVENTS);
        if (!answer.isObject()) {
            answer = ask(since, Duration.ZERO, 1); // too much at once, and cut off
        }
        if (!answer.path("next_batch").isTextual()) {
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "the homeserver answered /sync without a next_batch");
        }
        return answer;
    }

    private JsonNode ask(String since, Duration wait, int events) throws TransportFailure {
        String query = "?timeout=" + wait.toMillis() + "&set_presence=offline&filter="
                + URLEncoder.encode(filter(since.isEmpty() ? 1 : events), StandardCharsets.UTF_8)
                + (since.isEmpty() ? "" : "&since=" + URLEncoder.encode(since, StandardCharsets.UTF_8));
        HttpCall call = api.get(ApiClient.CLIENT + "/sync" + query);
        // the first answer is about all rooms, and may take its time
        Response answer = api.ask(call.timeout(since.isEmpty() ? Duration.ofMinutes(2) : wait.plus(GRACE)));
        if (answer.ok()) {
            return answer.json();
        }
        Duration after = ErrorTable.after(answer);
        if (after != null) {
            context.rest(after);
        }
        throw ErrorTable.failure(answer);
    }

    /** Who is in a room is asked where it matters: in a large one the state is a multiple of what is written. */
    private static String filter(int events) {
        return "{\"presence\":{\"not_types\":[\"*\"]},\"account_data\":{\"not_types\":[\"*\"]},"
                + "\"room\":{\"account_data\":{\"not_types\":[\"*\"]},\"state\":{\"not_types\":[\"*\"]},"
                + "\"ephemeral\":{\"types\":[\"m.receipt\"]},\"timeline\":{\"limit\":" + events + "}}}";
    }

    private RoomEvents answer(SyncPosition before, JsonNode answer, SyncMemory known) throws TransportFailure {
        String next = answer.path("next_batch").asText();
        RoomEvents events = new RoomEvents(api, context, known, before.since(next));
        JsonNode rooms = answer.path("rooms");
        new Invitations(api, known.me()).take(rooms.path("invite"), events, before.since());
        if (!before.since().isEmpty()) {
            for (String where : List.of("leave", "join")) {
                for (Map.Entry<String, JsonNode> room : rooms.path(where).properties()) {
                    if (MatrixId.isRoom(room.getKey())) {
                        room(room.getKey(), room.getValue(), before, events, known);
                    }
                }
            }
        }
        return events;
    }

    private void room(String id, JsonNode room, SyncPosition before, RoomEvents events, SyncMemory known)
            throws TransportFailure {
        List<JsonNode> timeline = new ArrayList<>();
        boolean begun = false;
        boolean left = false; // and came back: what was written before is for us
        for (JsonNode event : room.path("timeline").path("events")) {
            left |= MatrixEvent.isEnd(event, known.me());
            if (!left && MatrixEvent.isBeginning(event, known.me())) {
                timeline.clear();
                begun = true;
            }
            timeline.add(event);
        }
        boolean isNew = before.joining().contains(id);
        if (room.path("timeline").path("limited").asBoolean(false) && !begun) {
            known.members().changed(id);
            Gap gap = new Gap(id, isNew ? null : before.since(), List.of(next(events)), false);
            List<Gap> gaps = new ArrayList<>(events.position().gaps());
            gaps.add(gap);
            events.position(events.position().gaps(gaps).seen(id));
            return;
        }
        for (JsonNode event : timeline) {
            events.take(id, event, false);
        }
        events.position(events.position().seen(id));
        for (JsonNode ephemeral : room.path("ephemeral").path("events")) {
            if (ephemeral.path("type").asText("").equals("m.receipt")) {
                events.receipts(id, ephemeral.path("content"));
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
