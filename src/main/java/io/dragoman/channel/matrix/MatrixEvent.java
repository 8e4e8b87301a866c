// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import com.fasterxml.jackson.databind.JsonNode;

/** What stands in an event in one of several places. */
final class MatrixEvent {
    private MatrixEvent() {}

    /** What a redaction takes back: at the top until room version 10, in the content from 11 on; empty for nothing. */
    static String redacts(JsonNode event) {
        String inContent = event.path("content").path("redacts").asText("");
        return inContent.isEmpty() ? event.path("redacts").asText("") : inContent;
    }

    /** Whether it is how a user came into a room. */
    static boolean isMember(JsonNode event, String user) {
        return event.path("type").asText("").equals("m.room.member")
                && event.path("state_key").asText("").equals(user);
    }

    static String membership(JsonNode member) {
        return member.path("content").path("membership").asText("");
    }

    /** Whether a user is no longer in a room by it. */
    static boolean isEnd(JsonNode event, String user) {
        return isMember(event, user) && membership(event).matches("leave|ban");
    }

    /** Whether its room takes nothing more. */
    static boolean isEnd(JsonNode event) {
        return event.path("type").asText("").equals("m.room.tombstone")
                && event.path("state_key").asText("-").isEmpty();
    }

    /** Where a room goes on that has ended; empty for nowhere. */
    static String replacement(JsonNode event) {
        return event.path("content").path("replacement_room").asText("");
    }

    /** Whether what stands before it in a room is none of our business: we were invited by it, or came uninvited. */
    static boolean isBeginning(JsonNode event, String me) {
        if (!isMember(event, me)) {
            return false;
        }
        String before =
                event.path("unsigned").path("prev_content").path("membership").asText("");
        return switch (membership(event)) {
            case "invite" -> true;
            case "join" -> !before.matches("join|invite");
            default -> false;
        };
    }
}
