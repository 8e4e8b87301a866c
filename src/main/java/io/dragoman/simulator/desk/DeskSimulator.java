// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A helpdesk that takes Standard Webhooks at {@code /hook}, answers each with an id, and knows a repetition by its
 * {@code webhook-id}. Its agents write to {@code /desks/<id>}, signed. Thread-safe.
 */
public final class DeskSimulator extends HttpSimulator {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] KEY = "a simulated desk's key, 32 bytes".getBytes(StandardCharsets.UTF_8);
    private static final long TOLERANCE = 300;

    private final Map<String, Note> notes = new LinkedHashMap<>();
    private final Set<String> met = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private final Map<String, HostedFile> files = new ConcurrentHashMap<>();
    private volatile Consumer<String> receiver = event -> {};
    private int repeats;

    public DeskSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public DeskSimulator(int port, Clock clock) {
        super(port, clock);
        start();
    }

    /**
     * One notice that came. As text it is a fifth of what it is as a tree: a backlog's million has to fit.
     *
     * @param webhookId what makes a repetition recognisable
     * @param id the desk's own, as answered
     * @param type such as {@code message.received}
     * @param conversation our id of it
     * @param text the text parts of the message, one a line
     * @param channel of the conversation
     * @param body the notice
     */
    public record Note(
            String webhookId, String id, String type, String conversation, String channel, String text, String body) {
        private static Note of(String webhookId, String id, byte[] body) throws IOException {
            JsonNode json = JSON.readTree(body);
            JsonNode data = json.path("data");
            List<String> lines = new ArrayList<>();
            for (JsonNode part : data.path("message").path("parts")) {
                if (part.path("type").asText().equals("text")) {
                    lines.add(part.path("text").asText());
                }
            }
            return new Note(
                    webhookId,
                    id,
                    json.path("type").asText(),
                    data.path("conversation").path("id").asText(),
                    data.path("conversation").path("channel").asText(),
                    String.join("\n", lines),
                    new String(body, StandardCharsets.UTF_8));
        }

        /** The notice as a tree, made anew each time. */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A file of its own; {@code authorization} is the header to show for it, empty for none. */
    private record HostedFile(String mimeType, byte[] bytes, String authorization) {}

    /**
     * Puts a file at an address of its own.
     *
     * @param path below {@code /files/}
     * @param authorization the header without which it answers 401; empty lets everybody have it
     */
    public URI host(String path, String mimeType, byte[] bytes, String authorization) {
        files.put("/files/" + path, new HostedFile(mimeType, bytes, authorization));
        return baseUrl().resolve("/files/" + path);
    }

    @Override
    public void receive(Consumer<String> events) {
        receiver = events;
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("url", baseUrl() + "/hook", "secret", secret());
    }

    /** The secret that both sides have. */
    public String secret() {
        return "whsec_" + Base64.getEncoder().encodeToString(KEY);
    }

    /** The notices, each once, in the order in which they came. */
    public synchronized List<Note> notes() {
        return List.copyOf(notes.values());
    }

    /** How often a notice came again. */
    public synchronized int repeats() {
        return repeats;
    }

    /** What was wrong with requests that were turned away. */
    public synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("webhook-id", "webhook-timestamp", "webhook-signature");
    }

    @Override
    public int brings(URI callback, byte[] body) {
        return tell(callback, "desk-1", body);
    }

    /** At a desk it is the agent who writes: {@code customer} is the conversation's id. */
    @Override
    public int customerWrites(URI callback, String customer, String text) {
        return agentReplies(callback, customer, "Mara", text);
    }

    /** An agent answers with text. */
    public int agentReplies(URI callback, String conversation, String agent, String text) {
        ArrayNode parts = JSON.createArrayNode();
        parts.addObject().put("type", "text").put("text", text);
        return agentReplies(callback, conversation, agent, parts);
    }

    /** An agent answers with any parts. */
    public int agentReplies(URI callback, String conversation, String agent, ArrayNode parts) {
        ObjectNode reply = event("agent.replied", conversation);
        ObjectNode data = (ObjectNode) reply.path("data");
        data.putObject("message").put("id", "reply-" + ids().next()).set("parts", parts);
        data.putObject("author").put("name", agent);
        return tell(callback, "desk-" + ids().next(), reply.toString());
    }

    /** An agent closes a conversation. */
    public int agentCloses(URI callback, String conversation) {
        return tell(
                callback,
                "desk-" + ids().next(),
                event("conversation.closed", conversation).toString());
    }

    /** Posts any body, signed; the same id twice is the same event. Returns the status. */
    public int tell(URI callback, String webhookId, String body) {
        return tell(callback, webhookId, body.getBytes(StandardCharsets.UTF_8));
    }

    private int tell(URI callback, String webhookId, byte[] bytes) {
        return post(callback, "application/json", bytes, signed(webhookId, Instant.now(), bytes));
    }

    /** The headers that prove a body. */
    public Map<String, String> signed(String webhookId, Instant at, byte[] body) {
        String seconds = Long.toString(at.getEpochSecond());
        return Map.of(
                "webhook-id", webhookId,
                "webhook-timestamp", seconds,
                "webhook-signature", "v1," + signature(webhookId, seconds, body));
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        if (request.method().equals("GET") && request.path().startsWith("/files/")) {
            return file(request);
        }
        String complaint = complaint(request);
        synchronized (this) {
            if (!complaint.isEmpty()) {
                complaints.add(complaint);
                return SimulatorResponse.json(
                        complaint.contains("signature") ? 401 : 400, "{\"error\":\"" + complaint + "\"}");
            }
            String webhookId = request.header("webhook-id");
            Note note = notes.get(webhookId);
            if (note != null) {
                repeats++;
            } else {
                note = Note.of(webhookId, "ticket-" + ids().next(), request.body());
                notes.put(webhookId, note);
                receiver.accept(note.json().toString());
                met(note);
                if (!note.text().isEmpty()) {
                    deliver(new Delivered(note.conversation(), note.id(), note.text()));
                }
            }
            return SimulatorResponse.json(
                    200, JSON.createObjectNode().put("id", note.id()).toString());
        }
    }

    /** Whoever tries it out needs the id to answer in its conversation. */
    private void met(Note note) {
        String id = note.conversation();
        if (!id.isEmpty() && met.add(id)) {
            String name = note.json().at("/data/contact/name").asText();
            log("conversation " + id + " of " + (name.isBlank() ? "somebody" : name) + "; answer: write " + id
                    + " <text>");
        }
    }

    private SimulatorResponse file(SimulatorRequest request) {
        HostedFile file = files.get(request.path());
        if (file == null) {
            return SimulatorResponse.json(404, "{\"error\":\"no such file\"}");
        }
        return file.authorization().isEmpty() || file.authorization().equals(request.header("Authorization"))
                ? new SimulatorResponse(200, file.mimeType(), Map.of(), file.bytes())
                : SimulatorResponse.json(401, "{\"error\":\"the Authorization header is missing or wrong\"}");
    }

    private String complaint(SimulatorRequest request) {
        if (!request.method().equals("POST") || !request.path().equals("/hook")) {
            return "notices are posted to /hook";
        }
        String seconds = request.header("webhook-timestamp");
        if (request.header("webhook-id").isEmpty() || !seconds.matches("\\d{1,11}")) {
            return "webhook-id or webhook-timestamp is missing";
        }
        if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(seconds)) > TOLERANCE) {
            return "webhook-timestamp is too far off";
        }
        byte[] expected = ("v1," + signature(request.header("webhook-id"), seconds, request.body()))
                .getBytes(StandardCharsets.UTF_8);
        boolean proven = false;
        for (String given : request.header("webhook-signature").split(" ")) {
            proven |= MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
        }
        if (!proven) {
            return "webhook-signature does not match";
        }
        try {
            JsonNode json = JSON.readTree(request.body());
            boolean whole = json.path("type").isTextual() && json.path("data").isObject();
            return whole ? "" : "a notice has a type and data";
        } catch (IOException e) {
            return "the body is not JSON";
        }
    }

    private static ObjectNode event(String type, String conversation) {
        ObjectNode event = JSON.createObjectNode()
                .put("type", type)
                .put("timestamp", Instant.now().toString());
        event.putObject("data").putObject("conversation").put("id", conversation);
        return event;
    }

    private static String signature(String id, String seconds, byte[] body) {
        return HmacSigner.base64("HmacSHA256", KEY, HmacSigner.utf8(id + "." + seconds + "."), body);
    }
}
