// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.messente;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Messente's Omnichannel API on this machine, for SMS: it checks credentials and fields, answers with a message id and
 * reports the message as accepted and delivered, or as failed. Thread-safe.
 */
public final class MessenteSimulator extends HttpSimulator {
    static final String NUMBER = "+37251000";
    private static final String USERNAME = "simulated-messente";
    private static final String PASSWORD = "simulated-messente-password";
    private static final String SECRET = "simulated-messente-webhook-secret";
    private static final List<String> TITLES = List.of(
            "Not found",
            "Forbidden",
            "Unauthorized",
            "Invalid data",
            "Internal Server Error",
            "Missing data",
            "Method not allowed");

    private final ObjectMapper json = new ObjectMapper();
    private final ConcurrentLinkedQueue<Integer> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService reports = inOrder("simulator-messente-report");

    /** On a port; 0 for any free one. */
    public MessenteSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public MessenteSimulator(int port, Clock clock) {
        super(port, clock);
        start();
    }

    @Override
    public String kind() {
        return "messente";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "username", USERNAME,
                "password", PASSWORD,
                "webhookSecret", SECRET,
                "from", NUMBER,
                "baseUrl", baseUrl().toString());
    }

    /** The next accepted message fails later, in its report, with this code, such as 3 for a number that is none. */
    public void failNext(int err) {
        failures.add(err);
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-messente-signature");
    }

    @Override
    public int brings(URI callback, byte[] body) {
        return postSigned(callback, body);
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        ObjectNode message = json.createObjectNode();
        message.put("msg_id", nextId()).put("sub_msg_id", nextId()).put("channel", "sms");
        message.put("sender", customer)
                .put("recipient", NUMBER)
                .put("text", text)
                .put("time", now());
        return postSigned(callback, message);
    }

    @Override
    public void close() {
        reports.shutdownNow();
        super.close();
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        if (!request.path().equals("/v1/omnimessage")) {
            return error(404, 101, null);
        }
        if (!request.method().equals("POST")) {
            return error(405, 107, null);
        }
        String pair = USERNAME + ":" + PASSWORD;
        String wanted = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return request.header("authorization").equals(wanted)
                ? accept(json.readTree(request.body()))
                : error(401, 103, null);
    }

    private SimulatorResponse accept(JsonNode message) {
        String to = message.path("to").asText("");
        JsonNode sms = message.path("messages").path(0);
        if (!to.matches("\\+[1-9][0-9]{6,14}")) {
            return error(400, to.isEmpty() ? 106 : 104, "to");
        }
        if (sms.path("text").asText("").isEmpty()
                || !sms.path("channel").asText("").equals("sms")) {
            return error(400, 106, "messages");
        }
        String id = nextId();
        deliver(new Delivered(to, id, sms.path("text").asText()));
        report(message.path("dlr_url").asText(""), to, id);
        ObjectNode answer = json.createObjectNode().put("to", to).put("omnimessage_id", nextId());
        answer.putArray("messages")
                .addObject()
                .put("message_id", id)
                .put("channel", "sms")
                .put("sender", sms.path("sender").asText("Messente"));
        return SimulatorResponse.json(201, answer);
    }

    private void report(String callback, String to, String id) {
        if (callback.isEmpty()) {
            return;
        }
        Integer failure = failures.poll();
        reports.execute(() -> postSigned(URI.create(callback), report(to, id, "ACK", 0)));
        reports.execute(() -> postSigned(
                URI.create(callback),
                failure == null ? report(to, id, "DELIVRD", 0) : report(to, id, "UNDELIV", failure)));
    }

    private ObjectNode report(String to, String id, String status, int err) {
        ObjectNode report =
                json.createObjectNode().put("omnimessage_id", nextId()).put("message_id", id);
        report.put("to", to).put("channel", "sms").put("status", status).put("err", err);
        report.put("error", err == 0 ? null : "it failed").put("timestamp", now());
        return report;
    }

    private int postSigned(URI callback, ObjectNode body) {
        return postSigned(callback, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private int postSigned(URI callback, byte[] bytes) {
        String signature = HmacSigner.hex("HmacSHA256", HmacSigner.utf8(SECRET), bytes);
        return post(callback, "application/json", bytes, Map.of("X-Messente-Signature", signature));
    }

    private SimulatorResponse error(int status, int code, @Nullable String source) {
        ObjectNode answer = json.createObjectNode();
        answer.putArray("errors")
                .addObject()
                .put("code", String.valueOf(code))
                .put("title", TITLES.get(code - 101))
                .put("detail", "see the title")
                .put("source", source);
        return SimulatorResponse.json(status, answer);
    }

    private String nextId() {
        return new UUID(0x4d65737300004000L, 0x8000000000000000L | ids().next()).toString();
    }

    private static String now() {
        return OffsetDateTime.now(ZoneOffset.UTC).withNano(0).toString();
    }
}
