// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.channel.discord.GatewayPosition.Missed;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Asks for what was written while there was no session: channel by channel, a page at a time, oldest first. */
record MissedMessages(ApiClient api) {
    private static final int PAGE = 100;

    /** The channels of a server in which something was written after a message. */
    static List<Missed> of(JsonNode server, long since, GatewayRooms rooms) {
        long from = Math.max(since, joined(server));
        List<Missed> missed = new ArrayList<>();
        Stream.of("channels", "threads")
                .flatMap(name -> stream(server.path(name)))
                .forEach(channel -> {
                    GatewayRooms.Room room = rooms.learn(channel);
                    String last = channel.path("last_message_id").asText("");
                    if (Snowflake.is(last) && Long.parseLong(last) > from) {
                        missed.add(new Missed(channel.path("id").asText(), from, true, room.thread()));
                    }
                });
        return missed;
    }

    /** What was there before the bot came is not for it. */
    private static long joined(JsonNode server) {
        try {
            String at = server.path("joined_at").asText("");
            return at.isEmpty() ? 0 : Snowflake.first(OffsetDateTime.parse(at).toInstant());
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /**
     * One page.
     *
     * @param full whether more may follow
     */
    record Page(List<ObjectNode> messages, boolean full) {}

    Page ask(Missed missed) throws TransportFailure {
        Response answer = api.ask(
                api.get("/channels/" + missed.channel() + "/messages?after=" + missed.after() + "&limit=" + PAGE));
        if (answer.status() == 403 || answer.status() == 404) {
            return new Page(List.of(), false); // not shown to the bot, or gone
        }
        if (!answer.ok() || !answer.json().isArray()) {
            throw TransportFailure.notSent(
                    answer.status() == 429 ? Reason.THROTTLED : Reason.PROVIDER_DOWN,
                    "Discord answered " + answer.status() + " when it was asked for missed messages");
        }
        List<ObjectNode> messages = stream(answer.json())
                .filter(message ->
                        message.isObject() && Snowflake.is(message.path("id").asText()))
                .map(ObjectNode.class::cast)
                .sorted(Comparator.comparingLong(MissedMessages::id))
                .toList();
        return new Page(messages, messages.size() >= PAGE && id(messages.get(messages.size() - 1)) > missed.after());
    }

    static long id(JsonNode message) {
        return message.path("id").asLong();
    }
}
