// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.channel.matrix.SyncPosition.Invite;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Hashes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accepts invitations into rooms by the setting, and declines the others. For one poll. */
final class Invitations {
    /** A join reaches out to a server of others, which may be gone for good. */
    private static final int TRIES = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int AT_ONCE = 5;

    private final ApiClient api;
    private final String me;
    private @Nullable String problem;

    Invitations(ApiClient api, String me) {
        this.api = api;
        this.me = me;
    }

    /** What the operator should know of what {@link #accept} did; null for nothing. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Notes those that come with an answer. Declining twice changes nothing. */
    void take(JsonNode invited, RoomEvents events, String since) {
        for (Map.Entry<String, JsonNode> room : invited.properties()) {
            if (MatrixId.isRoom(room.getKey())) {
                invited(room.getKey(), room.getValue().path("invite_state").path("events"), events, since);
            }
        }
    }

    private void invited(String room, JsonNode state, RoomEvents events, String since) {
        String from = "";
        boolean direct = false;
        for (JsonNode event : state) {
            if (MatrixEvent.isMember(event, me) && MatrixEvent.membership(event).equals("invite")) {
                from = event.path("sender").asText("");
                direct = event.path("content").path("is_direct").asBoolean(false);
            }
        }
        boolean replacing = events.position().replacing().contains(room);
        if (MatrixId.isUser(from) && (replacing || MatrixSettings.invites(api.account(), from))) {
            List<Invite> all = new ArrayList<>(events.position().invites());
            all.removeIf(one -> one.room().equals(room));
            all.add(new Invite(room, from, direct, 0));
            events.position(events.position().invites(all));
        } else {
            api.attempt(api.post(path(room) + "/leave", Map.of()).timeout(PATIENCE));
            events.declined(room, Hashes.sha256Hex(room + " " + since));
        }
    }

    /** Joins the rooms of those that were noted; joining twice changes nothing. */
    SyncPosition accept(SyncPosition position) throws TransportFailure {
        SyncPosition left = position;
        for (Invite invite : position.invites().stream().limit(AT_ONCE).toList()) {
            List<Invite> others = left.invites().stream()
                    .filter(one -> !one.room().equals(invite.room()))
                    .toList();
            Outcome outcome = api.attempt(api.post(join(invite, left), Map.of()).timeout(PATIENCE));
            if (outcome instanceof Outcome.Sent) {
                if (invite.direct()) {
                    new DirectRooms(api).add(me, invite.from(), invite.room());
                }
                left = left.invites(others).joined(invite.room());
            } else if (outcome instanceof Outcome.Retry && invite.tries() + 1 < TRIES) {
                List<Invite> later = new ArrayList<>(others);
                later.add(new Invite(invite.room(), invite.from(), invite.direct(), invite.tries() + 1));
                left = left.invites(later);
            } else {
                problem = "a room could not be joined: " + detail(outcome);
                left = left.invites(others);
            }
        }
        return left;
    }

    private static String detail(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused
                ? refused.detail()
                : outcome instanceof Outcome.Retry retry ? retry.detail() : "";
    }

    /** A room that we are not invited into is found by the server of somebody in it. */
    private static String join(Invite invite, SyncPosition position) {
        return position.replacing().contains(invite.room())
                ? ApiClient.CLIENT + "/join/" + MatrixId.inPath(invite.room()) + "?via="
                        + MatrixId.inPath(MatrixId.server(invite.from()))
                : path(invite.room()) + "/join";
    }

    private static String path(String room) {
        return ApiClient.CLIENT + "/rooms/" + MatrixId.inPath(room);
    }
}
