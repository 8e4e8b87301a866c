// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Discord's Gateway, version 10, with at most one session: identifying, resuming with what was missed, heartbeats, close
 * codes. Thread-safe.
 */
public final class GatewayServer {
    private static final int DISPATCH = 0;
    private static final int HEARTBEAT = 1;
    private static final int IDENTIFY = 2;
    private static final int RESUME = 6;
    private static final int RECONNECT = 7;
    private static final int INVALID_SESSION = 9;
    private static final int HELLO = 10;
    private static final int ACKNOWLEDGED = 11;
    private static final int DISALLOWED_INTENTS = 4014;
    private static final int NOT_AUTHENTICATED = 4003;
    private static final int WRONG_TOKEN = 4004;
    private static final int MESSAGE_CONTENT = 1 << 15;
    private static final long PATIENCE_SECONDS = 30;

    private final ObjectMapper json = new ObjectMapper();
    private final ServerSocket server;
    private final String token;
    private final Supplier<ObjectNode> guild;
    private final List<String> log = new ArrayList<>();
    private final List<JsonNode> received = new ArrayList<>();
    private String session = "";
    private @Nullable WebSocketConnection connection;
    private int interval = 41_250;
    private boolean contentAllowed = true;
    private boolean deaf;

    GatewayServer(int port, String token, Supplier<ObjectNode> guild) {
        this.token = token;
        this.guild = guild;
        try {
            server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("the simulator cannot listen on port " + port, e);
        }
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on heartbeats are asked for so often, in milliseconds. */
    public synchronized void interval(int millis) {
        interval = millis;
    }

    /** From now on heartbeats are not acknowledged, as when a connection died unseen. */
    public synchronized void deaf(boolean now) {
        deaf = now;
    }

    /** Whether Message Content Intent is on. */
    public synchronized void contentAllowed(boolean allowed) {
        contentAllowed = allowed;
    }

    /** How often an operation came from the client. */
    public synchronized int count(int op) {
        return (int) received.stream()
                .filter(payload -> payload.path("op").asInt() == op)
                .count();
    }

    /** The last payload of an operation. */
    public synchronized JsonNode last(int op) {
        return received.stream()
                .filter(payload -> payload.path("op").asInt() == op)
                .reduce((one, next) -> next)
                .orElseThrow();
    }

    /** Waits until a session is there and connected. */
    public synchronized void awaitSession() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (connection == null || session.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new IllegalStateException("no gateway holds a session");
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has the session know of something, now or when it is resumed; without a session nobody learns it. */
    synchronized void dispatch(String event, ObjectNode data) {
        if (session.isEmpty()) {
            return;
        }
        ObjectNode payload = json.createObjectNode().put("op", DISPATCH).put("t", event);
        payload.put("s", log.size() + 1).set("d", data.deepCopy());
        log.add(payload.toString());
        send(payload.toString());
    }

    /** Closes the connection with a code; the session may be resumed. */
    public synchronized void drop(int code) {
        end(open -> open.close(code));
    }

    /** Breaks the connection off. */
    public synchronized void cut() {
        end(WebSocketConnection::cut);
    }

    /** Forgets the session: it cannot be resumed. */
    public synchronized void forget() {
        session = "";
        log.clear();
    }

    /** Asks to connect anew. */
    public synchronized void askToReconnect() {
        send(json.createObjectNode().put("op", RECONNECT).putNull("d").toString());
    }

    private interface Ending {
        void end(WebSocketConnection open) throws IOException;
    }

    private void end(Ending how) {
        WebSocketConnection open = connection;
        connection = null;
        try {
            if (open != null) {
                how.end(open);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(String payload) {
        WebSocketConnection open = connection;
        try {
            if (open != null) {
                open.send(payload);
            }
        } catch (IOException e) {
            connection = null; // gone; it resumes
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "discord-gateway");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) {
        try (socket) {
            WebSocketConnection own = new WebSocketConnection(socket);
            if (own.accept() == null) {
                return;
            }
            ObjectNode hello = json.createObjectNode().put("op", HELLO);
            synchronized (this) {
                hello.putObject("d").put("heartbeat_interval", interval);
            }
            own.send(hello.toString());
            for (String text = own.read(); text != null; text = own.read()) {
                take(own, json.readTree(text));
            }
        } catch (IOException e) {
            // the client went without a word
        }
    }

    private synchronized void take(WebSocketConnection own, JsonNode payload) throws IOException {
        received.add(payload);
        JsonNode data = payload.path("d");
        switch (payload.path("op").asInt(-1)) {
            case HEARTBEAT -> {
                if (!deaf) {
                    own.send(json.createObjectNode().put("op", ACKNOWLEDGED).toString());
                }
            }
            case IDENTIFY -> identify(own, data);
            case RESUME -> resume(own, data);
            default -> own.close(NOT_AUTHENTICATED);
        }
    }

    private void identify(WebSocketConnection own, JsonNode data) throws IOException {
        if (!data.path("token").asText().equals(token)) {
            own.close(WRONG_TOKEN);
        } else if (!contentAllowed && (data.path("intents").asInt() & MESSAGE_CONTENT) != 0) {
            own.close(DISALLOWED_INTENTS);
        } else {
            session = UUID.randomUUID().toString();
            log.clear();
            connection = own;
            ObjectNode ready = json.createObjectNode().put("v", 10).put("session_id", session);
            ready.put("resume_gateway_url", "ws://127.0.0.1:" + port());
            ready.putObject("user").put("id", DiscordSimulator.BOT).put("bot", true);
            ready.putObject("application")
                    .put("id", DiscordSimulator.APPLICATION)
                    .put("flags", 0);
            ready.putArray("guilds")
                    .addObject()
                    .put("id", DiscordSimulator.GUILD)
                    .put("unavailable", true);
            dispatch("READY", ready);
            dispatch("GUILD_CREATE", guild.get());
            notifyAll();
        }
    }

    private void resume(WebSocketConnection own, JsonNode data) throws IOException {
        int seq = data.path("seq").asInt(-1);
        boolean known =
                !session.isEmpty() && session.equals(data.path("session_id").asText());
        if (!data.path("token").asText().equals(token)) {
            own.close(WRONG_TOKEN);
        } else if (!known || seq < 0 || seq > log.size()) {
            own.send(json.createObjectNode()
                    .put("op", INVALID_SESSION)
                    .put("d", false)
                    .toString());
        } else {
            connection = own;
            for (String missed : List.copyOf(log).subList(seq, log.size())) {
                own.send(missed);
            }
            dispatch("RESUMED", json.createObjectNode());
            notifyAll();
        }
    }

    void close() {
        try {
            server.close();
            cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
