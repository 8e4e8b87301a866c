// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.channel.discord.GatewayPosition.Missed;
import io.dragoman.channel.discord.GatewaySession.Event;
import io.dragoman.channel.discord.GatewaySession.Lost;
import io.dragoman.channel.discord.GatewaySession.Nothing;
import io.dragoman.channel.discord.GatewaySession.Over;
import io.dragoman.channel.discord.GatewaySession.Said;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Request;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Hashes;
import io.dragoman.model.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The polls of one account, which hold one session at the Gateway between them. A batch ends where the position says; when
 * the next poll comes with another position, so that the batch was not stored, the session is resumed from there. For one
 * thread.
 */
final class GatewayPoll {
    private static final int MOST = 50;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** How long to look for more events once there is one. */
    private static final Duration MOMENT = Duration.ofMillis(2);
    /** A connection that ends sooner is no good sign: then the next one waits. */
    private static final Duration GOOD = Duration.ofSeconds(5);

    /** As Discord asks for. */
    private static final Duration BEFORE_ANOTHER = Duration.ofSeconds(2);

    private final ApiClient api;
    private final PollContext context;
    private final GatewayRooms rooms;
    private final GatewayFilter filter;
    private final List<GatewayAnswer> answers = new ArrayList<>();
    private @Nullable GatewaySession session;
    private @Nullable AutoCloseable stop;
    private String stored = "";

    GatewayPoll(ApiClient api, PollContext context) {
        this.api = api;
        this.context = context;
        this.rooms = new GatewayRooms(api);
        this.filter = new GatewayFilter(rooms, context);
    }

    Batch poll(String position) throws TransportFailure {
        GatewayPosition from = GatewayPosition.read(position, context.clock().instant());
        boolean goesOn = session != null && position.equals(stored);
        if (goesOn) {
            GatewayAnswer.giveAll(answers, api);
        }
        answers.clear();
        try {
            GatewaySession open = goesOn && session != null ? session : open(from);
            Batch batch = from.missed().isEmpty() ? take(open, from) : catchUp(open, from);
            stored = batch.position();
            return batch;
        } catch (TransportFailure | RuntimeException e) {
            close();
            throw e;
        }
    }

    private GatewaySession open(GatewayPosition from) throws TransportFailure {
        close();
        GatewaySession opened = new GatewayLogin(api).open(from);
        session = opened;
        stop = context.onStop(opened::close);
        return opened;
    }

    /** Ends the connection; the session can be resumed. */
    void close() {
        GatewaySession open = session;
        AutoCloseable registration = stop;
        session = null;
        stop = null;
        if (open != null) {
            open.close();
        }
        if (registration != null) {
            PollContext.unregister(registration);
        }
    }

    /** Asks one channel for a page of what was missed; what happens meanwhile waits in the session. */
    private Batch catchUp(GatewaySession open, GatewayPosition from) throws TransportFailure {
        if (!open.beat()) {
            close();
            return new Batch(List.of(), from.write());
        }
        Missed missed = from.missed().get(0);
        MissedMessages.Page page = new MissedMessages(api).ask(missed);
        List<Request> requests = new ArrayList<>();
        long latest = missed.after();
        for (ObjectNode message : page.messages()) {
            latest = Math.max(latest, MissedMessages.id(message));
            if (missed.guild()) {
                message.put("guild_id", "0"); // the list does not say which; that there is one matters
            }
            if (filter.takes("MESSAGE_CREATE", message, String.valueOf(from.bot()))) {
                requests.add(Request.backfilled(
                        place(missed.channel(), message),
                        envelope("MESSAGE_CREATE", message.path("id").asText(), message, from.bot(), missed.thread()),
                        context.clock().instant()));
            }
        }
        Missed left = page.full() ? new Missed(missed.channel(), latest, missed.guild(), missed.thread()) : null;
        return new Batch(requests, from.asked(left, latest).write());
    }

    private Batch take(GatewaySession open, GatewayPosition from) throws TransportFailure {
        List<Request> requests = new ArrayList<>();
        GatewayPosition at = from;
        long end = System.nanoTime() + shorter(context.limit(), LONGEST).toNanos();
        while (requests.size() < MOST) {
            long left = context.stopping() ? 0 : end - System.nanoTime();
            Said said = open.next(requests.isEmpty() ? Duration.ofNanos(Math.max(0, left)) : MOMENT);
            if (said instanceof Event event) {
                GatewayPosition next = taken(event, at, requests);
                boolean urgent = !next.equals(at.at(event.seq())) && requests.isEmpty();
                at = next;
                if (urgent) {
                    break; // a session that nobody knows cannot be resumed
                }
            } else if (said instanceof Nothing) {
                break;
            } else {
                return ended(open, said, at, requests);
            }
        }
        return new Batch(requests, at.write());
    }

    /** What was taken is stored first; then the session is resumed, or another one begins. */
    private Batch ended(GatewaySession open, Said said, GatewayPosition at, List<Request> requests)
            throws TransportFailure {
        boolean lost = said instanceof Lost || (said instanceof Over over && GatewayLogin.isLost(over.code()));
        if (said instanceof Over over && !context.stopping()) {
            GatewayLogin.refuse(over.code());
        }
        close();
        if (lost) {
            context.rest(BEFORE_ANOTHER);
        }
        boolean brief = open.age().compareTo(GOOD) < 0;
        if (requests.isEmpty() && brief && !lost && !context.stopping() && said instanceof Over over) {
            throw GatewayLogin.closed(over.code());
        }
        return new Batch(requests, (lost ? at.lost() : at).write());
    }

    private GatewayPosition taken(Event event, GatewayPosition before, List<Request> requests) throws TransportFailure {
        GatewayPosition at = before.at(event.seq());
        JsonNode data = event.data();
        switch (event.type()) {
            case "READY" -> {
                List<String> servers = StreamSupport.stream(data.path("guilds").spliterator(), false)
                        .map(server -> server.path("id").asText())
                        .toList();
                String url = data.path("resume_gateway_url").asText("");
                return at.begun(
                        data.path("session_id").asText(),
                        url.isEmpty() ? null : url,
                        data.path("user").path("id").asText(),
                        servers);
            }
            case "GUILD_CREATE" -> {
                Long since = at.since();
                List<Missed> missed = MissedMessages.of(data, since == null ? Long.MAX_VALUE : since, rooms);
                return at.told(data.path("id").asText(), missed);
            }
            case "GUILD_DELETE" -> {
                String server = data.path("id").asText();
                return data.path("unavailable").asBoolean() ? at.away(server) : at.told(server, List.of());
            }
            case "THREAD_CREATE", "THREAD_UPDATE", "CHANNEL_CREATE" -> {
                rooms.learn(data);
                return at;
            }
            default -> {
                return filter.takes(event.type(), data, String.valueOf(at.bot())) ? kept(event, at, requests) : at;
            }
        }
    }

    private GatewayPosition kept(Event event, GatewayPosition at, List<Request> requests) throws TransportFailure {
        JsonNode data = event.data();
        String channel = GatewayFilter.channel(data);
        boolean direct = GatewayFilter.isDirect(data);
        boolean message = event.type().equals("MESSAGE_CREATE");
        boolean thread = message && !direct && rooms.isThread(channel, data.path("channel_type"));
        String key = Hashes.sha256Hex(String.valueOf(at.session())).substring(0, 12) + "-" + event.seq();
        requests.add(Request.polled(
                place(channel, data),
                envelope(event.type(), key, data, at.bot(), thread),
                context.clock().instant()));
        if (event.type().equals("INTERACTION_CREATE")) {
            answers.add(GatewayAnswer.to(JsonFields.of(data), api.account()));
        }
        String id = data.path("id").asText();
        boolean known = (message || event.type().equals("INTERACTION_CREATE")) && Snowflake.is(id);
        return known ? at.took(message ? Long.parseLong(id) : 0, direct ? channel : null) : at;
    }

    private static String place(String channel, JsonNode data) {
        return "gateway/" + channel + "/"
                + data.path("id").asText(data.path("message_id").asText());
    }

    /**
     * An event as it is stored, with what it does not say by itself.
     *
     * @param key for what has no id of its own
     */
    private static byte[] envelope(String type, String key, JsonNode data, @Nullable String bot, boolean thread) {
        ObjectNode envelope = Json.mapper().createObjectNode().put("t", type).put("k", key);
        if (bot != null) {
            envelope.put("bot", bot);
        }
        if (thread) {
            envelope.put("thread", true);
        }
        envelope.set("d", data);
        return Json.bytes(envelope);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
