// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.TextSocket;
import io.dragoman.connector.TextSocket.Closed;
import io.dragoman.connector.TextSocket.Incoming;
import io.dragoman.connector.TextSocket.Text;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the Gateway (docs.discord.com, "Gateway"), held from poll to poll. Heartbeats go out while somebody
 * waits for events, which is nearly always. For the thread that polls, but for {@link #close}.
 */
final class GatewaySession {
    private static final int DISPATCH = 0;
    private static final int HEARTBEAT = 1;
    private static final int IDENTIFY = 2;
    private static final int RESUME = 6;
    private static final int RECONNECT = 7;
    private static final int INVALID_SESSION = 9;
    private static final int HELLO = 10;
    private static final int ACKNOWLEDGED = 11;
    /** Any code but 1000 and 1001 lets the session live on, to be resumed. */
    private static final int TO_BE_RESUMED = 4000;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LEAST_BEAT = Duration.ofMillis(50);

    private final TextSocket socket;
    private final long opened = System.nanoTime();
    private Duration interval = PATIENCE;
    private long nextBeat;
    private boolean unanswered;
    private long seq;

    GatewaySession(TextSocket socket, long seq) {
        this.socket = socket;
        this.seq = seq;
    }

    /** What the Gateway said. */
    sealed interface Said {}

    /** Something happened. */
    record Event(String type, long seq, JsonNode data) implements Said {
        @Override
        public String toString() {
            return "Event[" + type + "]";
        }
    }

    /** The connection is over. */
    record Over(int code) implements Said {}

    /** The session is over, and with it whatever was not taken from it yet. */
    record Lost() implements Said {}

    /** Nothing in time. */
    record Nothing() implements Said {}

    /** Waits for the greeting and begins a session, or goes on with one. */
    void begin(ObjectNode greeting, boolean resume) throws TransportFailure {
        JsonNode hello = read(socket.next(PATIENCE));
        long millis = hello.path("d").path("heartbeat_interval").asLong(0);
        if (hello.path("op").asInt(-1) != HELLO || millis <= 0) {
            close();
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "Discord's Gateway did not begin with a greeting");
        }
        Duration asked = Duration.ofMillis(millis);
        interval = asked.compareTo(LEAST_BEAT) < 0 ? LEAST_BEAT : asked;
        nextBeat = System.nanoTime() + interval.toNanos() / 2; // the first one is not to be in step with others
        send(resume ? RESUME : IDENTIFY, greeting);
    }

    /** Waits for the next thing said. */
    Said next(Duration wait) throws TransportFailure {
        long end = System.nanoTime() + wait.toNanos();
        do {
            if (!beat()) {
                close();
                return new Over(TO_BE_RESUMED);
            }
            long until = Math.min(end, nextBeat) - System.nanoTime();
            Incoming incoming = socket.next(Duration.ofNanos(Math.max(0, until)));
            if (incoming instanceof Closed closed) {
                return new Over(closed.code());
            }
            if (incoming instanceof Text) {
                Said said = said(read(incoming));
                if (!(said instanceof Nothing)) {
                    return said;
                }
            }
        } while (System.nanoTime() < end);
        return new Nothing();
    }

    private Said said(JsonNode payload) throws TransportFailure {
        switch (payload.path("op").asInt(-1)) {
            case DISPATCH -> {
                seq = payload.path("s").asLong(seq);
                return new Event(payload.path("t").asText(), seq, payload.path("d"));
            }
            case HEARTBEAT -> {
                nextBeat = System.nanoTime();
                unanswered = false;
            }
            case ACKNOWLEDGED -> unanswered = false;
            case RECONNECT -> {
                close();
                return new Over(TO_BE_RESUMED);
            }
            case INVALID_SESSION -> {
                close();
                return payload.path("d").asBoolean() ? new Over(TO_BE_RESUMED) : new Lost();
            }
            default -> unanswered &= true;
        }
        return new Nothing();
    }

    /** Sends a heartbeat when one is due; false when the last one was never answered, so that nobody is there. */
    boolean beat() throws TransportFailure {
        if (System.nanoTime() < nextBeat) {
            return true;
        }
        if (unanswered) {
            return false;
        }
        ObjectNode beat = Json.mapper().createObjectNode().put("op", HEARTBEAT);
        if (seq == 0) {
            beat.putNull("d");
        } else {
            beat.put("d", seq);
        }
        socket.send(Json.write(beat));
        unanswered = true;
        nextBeat = System.nanoTime() + interval.toNanos();
        return true;
    }

    private void send(int op, ObjectNode data) throws TransportFailure {
        ObjectNode payload = Json.mapper().createObjectNode().put("op", op);
        payload.set("d", data);
        socket.send(Json.write(payload));
    }

    private JsonNode read(@Nullable Incoming incoming) throws TransportFailure {
        if (!(incoming instanceof Text text)) {
            close();
            throw TransportFailure.notSent(Reason.TIMEOUT, "Discord's Gateway closed, or said nothing");
        }
        try {
            return Json.tree(text.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            close();
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "Discord's Gateway said what is no JSON");
        }
    }

    /** How long the connection is there. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - opened);
    }

    /** Ends the connection, not the session. From any thread. */
    void close() {
        socket.close(TO_BE_RESUMED);
    }
}
