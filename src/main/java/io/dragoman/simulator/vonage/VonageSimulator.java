// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;

/**
 * Vonage's SMS API and Messages API on this machine, for SMS: it checks credentials and fields, answers with an id and
 * reports the message as sent and delivered, or as failed. Thread-safe.
 */
public final class VonageSimulator extends HttpSimulator {
    static final String NUMBER = "+4930111";
    private static final String KEY = "simulated";
    private static final String API_SECRET = "simulated-vonage-secret";
    private static final String SIGNATURE_SECRET = "simulated-vonage-signature-secret";

    private final ObjectMapper json = new ObjectMapper();
    private final ConcurrentLinkedQueue<Integer> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService reports = inOrder("simulator-vonage-report");
    private final WebhookProof proof = new WebhookProof(KEY, SIGNATURE_SECRET);
    private final boolean messages;

    /** @param messages whether it is the Messages API that posts and is sent to; else the SMS API */
    public VonageSimulator(int port, boolean messages) {
        this(port, messages, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public VonageSimulator(int port, boolean messages, Clock clock) {
        super(port, clock);
        this.messages = messages;
        start();
    }

    @Override
    public String kind() {
        return "vonage";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "apiKey", KEY,
                "apiSecret", API_SECRET,
                "signatureSecret", SIGNATURE_SECRET,
                "signatureMethod", "sha256",
                "from", NUMBER,
                "api", messages ? "messages" : "sms",
                "baseUrl", baseUrl().toString());
    }

    /** The next accepted message fails later, in its receipt, with this code, such as 9 for a number that is none. */
    public void failNext(int code) {
        failures.add(code);
    }

    @Override
    public Optional<Proof> proof() {
        return messages ? Proof.by("authorization") : Optional.empty();
    }

    @Override
    public int brings(URI callback, byte[] body) {
        return postToken(callback, body);
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        if (messages) {
            ObjectNode message = json.createObjectNode().put("channel", "sms").put("message_uuid", nextId());
            message.put("to", digits(NUMBER)).put("from", digits(customer)).put("timestamp", now());
            message.put("message_type", "text").put("text", text);
            message.putObject("sms").put("num_messages", "1");
            return postToken(callback, message);
        }
        Map<String, String> message = new TreeMap<>();
        message.put("msisdn", digits(customer));
        message.put("to", digits(NUMBER));
        message.put("messageId", nextId());
        message.put("text", text);
        message.put("type", text.chars().allMatch(unit -> unit < 128) ? "text" : "unicode");
        message.put("keyword", text.strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT));
        message.put("api-key", KEY);
        message.put("message-timestamp", spaced());
        return postForm(callback, message);
    }

    @Override
    public void close() {
        reports.shutdownNow();
        super.close();
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        if (!request.method().equals("POST")) {
            return SimulatorResponse.json(405, "{}");
        }
        return switch (request.path()) {
            case "/sms/json" -> sms(UrlEncoded.read(request.text()));
            case "/v1/messages" -> message(request);
            default -> SimulatorResponse.json(404, "{}");
        };
    }

    private SimulatorResponse sms(UrlEncoded form) {
        if (!form.get("api_key").equals(KEY) || !form.get("api_secret").equals(API_SECRET)) {
            return answer(4, "Invalid credentials");
        }
        if (!form.has("from") || !form.has("to") || form.get("text").isEmpty()) {
            return answer(2, "Missing parameters");
        }
        if (!form.get("to").matches("[1-9][0-9]{6,14}")) {
            return answer(3, "Invalid to");
        }
        String id = nextId();
        String text = form.get("text");
        boolean unicode = form.get("type").equals("unicode");
        String shown = unicode || text.chars().allMatch(unit -> unit < 0x400) ? text : text.replaceAll("[^ -~]", "?");
        deliver(new Delivered("+" + form.get("to"), id, shown));
        if (form.get("status-report-req").equals("1")) {
            report(form.get("callback"), form.get("to"), id);
        }
        ObjectNode answer = json.createObjectNode().put("message-count", "1");
        answer.putArray("messages")
                .addObject()
                .put("to", form.get("to"))
                .put("message-id", id)
                .put("status", "0")
                .put("remaining-balance", "10.00000000")
                .put("network", "26201");
        return SimulatorResponse.json(200, answer);
    }

    /** The SMS API says what is wrong in an answer of 200. */
    private SimulatorResponse answer(int status, String text) {
        ObjectNode answer = json.createObjectNode().put("message-count", "1");
        answer.putArray("messages")
                .addObject()
                .put("status", String.valueOf(status))
                .put("error-text", text);
        return SimulatorResponse.json(200, answer);
    }

    private SimulatorResponse message(SimulatorRequest request) throws IOException {
        String pair = KEY + ":" + API_SECRET;
        String wanted = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        if (!request.header("authorization").equals(wanted)) {
            return problem(401, "Unauthorized");
        }
        JsonNode message = json.readTree(request.body());
        String to = message.path("to").asText();
        boolean right = message.path("channel").asText().equals("sms")
                && message.path("message_type").asText().equals("text")
                && to.matches("[1-9][0-9]{6,14}")
                && !message.path("text").asText().isEmpty();
        if (!right) {
            return problem(422, "Invalid params");
        }
        String id = nextId();
        deliver(new Delivered("+" + to, id, message.path("text").asText()));
        report(message.path("webhook_url").asText(), to, id);
        return SimulatorResponse.json(202, json.createObjectNode().put("message_uuid", id));
    }

    private SimulatorResponse problem(int status, String title) {
        return SimulatorResponse.json(
                status,
                json.createObjectNode()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("detail", "see the title"));
    }

    private void report(String callback, String to, String id) {
        if (callback.isEmpty()) {
            return;
        }
        Integer failure = failures.poll();
        URI target = URI.create(callback);
        reports.execute(() -> tell(target, to, id, messages ? "submitted" : "accepted", 0));
        reports.execute(() -> {
            if (failure == null) {
                tell(target, to, id, "delivered", 0);
            } else {
                tell(target, to, id, messages ? "undeliverable" : "failed", failure);
            }
        });
    }

    private int tell(URI callback, String to, String id, String status, int code) {
        if (messages) {
            ObjectNode report = json.createObjectNode().put("message_uuid", id).put("to", to);
            report.put("from", digits(NUMBER))
                    .put("timestamp", now())
                    .put("status", status)
                    .put("channel", "sms");
            if (code > 0) {
                report.putObject("error").put("title", String.valueOf(code)).put("detail", "it failed");
            }
            return postToken(callback, report);
        }
        Map<String, String> report = new TreeMap<>();
        report.put("msisdn", to);
        report.put("to", digits(NUMBER));
        report.put("messageId", id);
        report.put("status", status);
        report.put("err-code", String.valueOf(code));
        report.put("scts", "2611281200");
        report.put("message-timestamp", spaced());
        report.put("api-key", KEY);
        report.put("price", "0.00000000");
        return postForm(callback, report);
    }

    private int postToken(URI callback, ObjectNode body) {
        return postToken(callback, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private int postToken(URI callback, byte[] bytes) {
        return post(callback, "application/json", bytes, Map.of("Authorization", proof.token(bytes, Instant.now())));
    }

    private int postForm(URI callback, Map<String, String> parameters) {
        Map<String, String> signed = proof.signed(parameters, Instant.now());
        byte[] form = UrlEncoded.write(signed).getBytes(StandardCharsets.UTF_8);
        return post(callback, "application/x-www-form-urlencoded", form, Map.of());
    }

    private String nextId() {
        return messages
                ? new UUID(0x566f6e6167004000L, 0x8000000000000000L | ids().next()).toString()
                : String.format(Locale.ROOT, "%016X", ids().next());
    }

    private static String digits(String number) {
        return number.replaceFirst("^\\+", "");
    }

    private static String now() {
        return Instant.now().toString();
    }

    private static String spaced() {
        return now().substring(0, 19).replace('T', ' ');
    }
}
