// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Meta's Cloud API with one business number. Takes messages and media as Meta does, with the same errors, and posts
 * signed webhooks of what customers write and of what became of messages. A customer is a phone number with a plus, or
 * a user id such as {@code DE.88123} of somebody who hides theirs.
 */
public final class WhatsAppSimulator extends HttpSimulator {
    private static final String PHONE_NUMBER_ID = "106540352242922";
    private static final String ACCESS_TOKEN = "EAAG-simulated-access-token";
    private static final String APP_SECRET = "5f1c0e8a9d7b4c3e2f6a1b0c9d8e7f60";
    private static final String VERIFY_TOKEN = "simulated-verify-token";

    private final WebhookPayloads webhooks = new WebhookPayloads(PHONE_NUMBER_ID, APP_SECRET, ids());
    private final HeldMedia media = new HeldMedia(() -> Long.toString(ids().next()));
    private final Map<String, String> recipients = new ConcurrentHashMap<>();
    private final Set<String> closedWindows = ConcurrentHashMap.newKeySet();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    /** One thread: statuses of a message come in their order. */
    private final ExecutorService reporter = inOrder("simulator-reports");

    private volatile String number = "";
    private volatile @Nullable URI reportTo;

    /** Starts on a port; 0 takes any free one. */
    public WhatsAppSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public WhatsAppSimulator(int port, Clock clock) {
        super(port, clock);
        start();
    }

    @Override
    public String kind() {
        return "whatsapp";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "phoneNumberId", PHONE_NUMBER_ID,
                "accessToken", ACCESS_TOKEN,
                "appSecret", APP_SECRET,
                "verifyToken", VERIFY_TOKEN,
                "baseUrl", baseUrl().toString());
    }

    /** Registers the callback as Meta's dashboard does; whether it answered with the challenge. */
    public boolean handshake(URI callback) {
        String challenge = Long.toString(1_158_201_444L + ids().next());
        String query = "hub.mode=subscribe&hub.challenge=" + challenge + "&hub.verify_token=" + VERIFY_TOKEN;
        try {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(callback + "?" + query))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 && response.body().equals(challenge);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** From now on tells this callback of every accepted message: sent, delivered, read. */
    public void reportTo(URI callback) {
        reportTo = callback;
    }

    /** From now on the answer to what is sent to a user id names this phone number, with a plus. */
    public void revealed(String userId, String phone) {
        webhooks.revealed(userId, phone);
    }

    /** Gives a customer a name to be shown with what they write. */
    public void named(String customer, String name) {
        webhooks.named(customer, name);
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-hub-signature-256");
    }

    @Override
    public int brings(URI callback, byte[] body) {
        return tell(callback, body);
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        ObjectNode content = WebhookPayloads.object().put("body", text);
        return customerSends(callback, customer, "text", content, null);
    }

    /** A customer answers a message of ours, by quoting it. */
    public int customerReplies(URI callback, String customer, String text, String messageId) {
        ObjectNode content = WebhookPayloads.object().put("body", text);
        return customerSends(callback, customer, "text", content, messageId);
    }

    /** A customer sends a file: its bytes can be fetched in two steps, with the token. */
    public int customerSends(URI callback, String customer, byte[] bytes, String mimeType, @Nullable String caption) {
        StoredMedia item = new StoredMedia(bytes, mimeType);
        String id = media.store(item);
        String kind = mimeType.substring(0, Math.max(0, mimeType.indexOf('/')));
        String type = Set.of("image", "video", "audio").contains(kind) ? kind : "document";
        ObjectNode content = WebhookPayloads.object()
                .put("id", id)
                .put("mime_type", mimeType)
                .put("sha256", item.sha256());
        if (caption != null) {
            content.put("caption", caption);
        }
        return customerSends(callback, customer, type, content, null);
    }

    /** A customer taps a button of a message of ours. */
    public int customerTaps(URI callback, String customer, String buttonId, String title, String messageId) {
        ObjectNode content = WebhookPayloads.object().put("type", "button_reply");
        content.putObject("button_reply").put("id", buttonId).put("title", title);
        return customerSends(callback, customer, "interactive", content, messageId);
    }

    /** A customer sends a message of any type, with its payload as Meta gives it. */
    public int customerSends(
            URI callback, String customer, String type, JsonNode content, @Nullable String answeredMessage) {
        closedWindows.remove(WebhookPayloads.digits(customer));
        return tell(callback, webhooks.message(customer, type, content, answeredMessage));
    }

    /** Tells what became of a message: {@code sent}, {@code delivered}, {@code read}. */
    public int reports(URI callback, String messageId, String status) {
        return tell(callback, webhooks.status(messageId, recipients.getOrDefault(messageId, "+0"), status, 0));
    }

    /** Tells that a message failed with one of Meta's codes. */
    public int fails(URI callback, String messageId, int code) {
        return tell(callback, webhooks.status(messageId, recipients.getOrDefault(messageId, "+0"), "failed", code));
    }

    /** Tells something of the account itself, such as {@code message_template_status_update}, as Meta gives it. */
    public int accountChanges(URI callback, String field, JsonNode value) {
        return tell(callback, webhooks.account(field, value));
    }

    /** Posts the last webhook again, as Meta does when it believes that nobody took it. */
    public int repeats(URI callback) {
        return tell(callback, webhooks.last());
    }

    /** As if 24 hours had passed since the customer wrote. */
    @Override
    public boolean closeWindow(String customer) {
        closedWindows.add(WebhookPayloads.digits(customer));
        return true;
    }

    /** The ids of customers' messages that were marked as read. */
    public List<String> seen() {
        return List.copyOf(seen);
    }

    /** The ids of the media that it holds, customers' and ours. */
    public Set<String> mediaIds() {
        return media.ids();
    }

    /** Forgets media, as Meta does after some days. */
    public void expireMedia() {
        media.clear();
    }

    @Override
    public void close() {
        reporter.shutdownNow();
        super.close();
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        if (!request.header("Authorization").equals("Bearer " + ACCESS_TOKEN)) {
            return error(401, 190, "Error validating access token: the session is invalid");
        }
        String[] path = request.path().split("/", -1);
        boolean versioned = path.length > 2 && path[1].matches("v\\d+\\.\\d+");
        if (request.method().equals("GET") && path.length == 3) {
            return path[1].equals("media-file")
                    ? media.file(path[2])
                    : versioned ? media.item(path[2], baseUrl()) : unknownPath();
        }
        if (request.method().equals("POST") && versioned && path.length == 3 && path[2].equals(PHONE_NUMBER_ID)) {
            return override(request);
        }
        if (!request.method().equals("POST") || !versioned || path.length != 4) {
            return unknownPath();
        }
        if (!path[2].equals(PHONE_NUMBER_ID)) {
            return error(400, 100, "Unsupported post request. Object with ID '" + path[2] + "' does not exist");
        }
        return switch (path[3]) {
            case "messages" -> message(request);
            case "media" -> media.upload(request);
            default -> unknownPath();
        };
    }

    /** Another callback address for the number: asked for its challenge before it is taken. */
    private SimulatorResponse override(SimulatorRequest request) {
        JsonNode webhook = WebhookPayloads.read(request.body()).path("webhook_configuration");
        String callback = webhook.path("override_callback_uri").asText();
        boolean taken = webhook.path("verify_token").asText().equals(VERIFY_TOKEN)
                && callback.matches("https?://.+")
                && handshake(URI.create(callback));
        if (taken) {
            number = callback;
            return SimulatorResponse.json(200, "{\"success\":true}");
        }
        return error(400, 2200, "Callback verification failed");
    }

    /** The callback address of the number that was set last; empty at first. */
    public String numberCallback() {
        return number;
    }

    private SimulatorResponse message(SimulatorRequest request) {
        JsonNode body = WebhookPayloads.read(request.body());
        if (body.path("status").asText().equals("read")) {
            if (!webhooks.knows(body.path("message_id").asText())) {
                return error(400, 131009, "Parameter value is not valid: message_id");
            }
            if (body.has("typing_indicator")
                    && !body.at("/typing_indicator/type").asText().equals("text")) {
                return error(400, 131009, "Parameter value is not valid: typing_indicator");
            }
            seen.add(body.path("message_id").asText());
            return SimulatorResponse.json(200, "{\"success\":true}");
        }
        SentMessage message = new SentMessage(body);
        String problem = message.problem(media.ids());
        if (problem != null) {
            return error(400, 100, "Invalid parameter: " + problem);
        }
        if (closedWindows.contains(WebhookPayloads.digits(message.customer())) && !message.isTemplate()) {
            return error(400, 131047, "Re-engagement message");
        }
        String id = webhooks.newId();
        recipients.put(id, message.customer());
        deliver(new Delivered(message.customer(), id, message.shown()));
        report(reportTo, id);
        ObjectNode answer = WebhookPayloads.object().put("messaging_product", "whatsapp");
        answer.putArray("contacts").add(webhooks.contact(message.customer()));
        answer.putArray("messages").addObject().put("id", id);
        return SimulatorResponse.json(200, answer.toString());
    }

    @Override
    public void receipts(URI callback, Delivered message) {
        report(callback, message.id());
        super.receipts(callback, message);
    }

    private void report(@Nullable URI callback, String messageId) {
        if (callback != null) {
            for (String status : List.of("sent", "delivered", "read")) {
                reporter.execute(() -> reports(callback, messageId, status));
            }
        }
    }

    private int tell(URI callback, byte[] webhook) {
        return post(callback, "application/json", webhook, Map.of("X-Hub-Signature-256", webhooks.signature(webhook)));
    }

    private static SimulatorResponse unknownPath() {
        return error(400, 2500, "Unknown path components");
    }

    @Override
    protected SimulatorResponse expired() {
        return error(401, 190, "Error validating access token: Session has expired");
    }

    /** An error as the Graph API tells it. */
    static SimulatorResponse error(int status, int code, String message) {
        ObjectNode answer = WebhookPayloads.object();
        answer.putObject("error")
                .put("message", "(#" + code + ") " + message)
                .put("type", "OAuthException")
                .put("code", code)
                .put("fbtrace_id", "AbCdEfGhIjK");
        return SimulatorResponse.json(status, answer.toString());
    }
}
