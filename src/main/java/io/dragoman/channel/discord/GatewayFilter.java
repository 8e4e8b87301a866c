// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.TransportFailure;

/**
 * What of all that a bot sees is meant for us: direct messages, the channels that are wanted, and elsewhere what mentions
 * the bot or answers it. The rest is nobody's business, and is not even stored.
 */
record GatewayFilter(GatewayRooms rooms, PollContext context) {

    boolean takes(String type, JsonNode data, String bot) throws TransportFailure {
        return switch (type) {
            case "MESSAGE_CREATE" -> takesMessage(data, bot);
            case "MESSAGE_UPDATE" ->
                data.hasNonNull("edited_timestamp")
                        && !data.path("author").path("id").asText().equals(bot)
                        && (takesMessage(data, bot) || isOfOurs(data, "id"));
            case "MESSAGE_DELETE" -> isOfOurs(data, "id");
            case "MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE" ->
                !data.path("user_id").asText().equals(bot) && isOfOurs(data, "message_id");
            case "MESSAGE_DELETE_BULK" -> isOfOurs(data, "none");
            case "INTERACTION_CREATE" -> true;
            default -> false;
        };
    }

    /** What we sent comes back to us, and is no news. */
    private boolean takesMessage(JsonNode message, String bot) throws TransportFailure {
        if (message.path("author").path("id").asText().equals(bot)) {
            return false;
        }
        if (isDirect(message)) {
            return true;
        }
        boolean answers = message.path("referenced_message")
                .path("author")
                .path("id")
                .asText()
                .equals(bot);
        return answers || mentions(message, bot) || rooms.isWanted(channel(message));
    }

    private static boolean mentions(JsonNode message, String bot) {
        for (JsonNode user : message.path("mentions")) {
            if (user.path("id").asText().equals(bot)) {
                return true;
            }
        }
        return false;
    }

    /** News of a message matter where the message did. */
    private boolean isOfOurs(JsonNode data, String id) throws TransportFailure {
        return isDirect(data)
                || rooms.isWanted(channel(data))
                || context.taken(data.path(id).asText());
    }

    static boolean isDirect(JsonNode data) {
        return !data.hasNonNull("guild_id");
    }

    static String channel(JsonNode data) {
        return data.path("channel_id").asText();
    }
}
