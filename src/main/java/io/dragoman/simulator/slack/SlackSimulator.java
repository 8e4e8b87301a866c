// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Slack's Web API with one app in one workspace: takes messages and files and lists them, hands out files to who has the
 * token, and posts signed events and pressed buttons. A customer is any name, which gets a user id and a direct channel. Thread-safe.
 */
public final class SlackSimulator extends HttpSimulator {
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    private static final String TOKEN = "xoxb-simulated-bot-token";

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final SlackUploads files = new SlackUploads();
    private final SlackHistory history = new SlackHistory();
    private final Map<String, ObjectNode> last = new ConcurrentHashMap<>();

    /** On a port; 0 for any free one. */
    public SlackSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public SlackSimulator(int port, Clock clock) {
        super(port, clock);
        start();
    }

    @Override
    public String kind() {
        return "slack";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("signingSecret", SECRET, "botToken", TOKEN, "baseUrl", baseUrl() + "/api");
    }

    /** The direct channel of a customer. */
    public String channel(String customer) {
        String id = "D" + hash(customer);
        names.put(id, customer);
        return id;
    }

    private static String hash(String customer) {
        String digits = UUID.nameUUIDFromBytes(customer.getBytes(StandardCharsets.UTF_8))
                .toString();
        return digits.replace("-", "").substring(0, 10).toUpperCase(Locale.ROOT);
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-slack-signature", "x-slack-request-timestamp");
    }

    @Override
    public int brings(URI callback, byte[] body) {
        return sign(callback, "application/json", body);
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        ObjectNode event = message(customer).put("text", escaped(text));
        return tell(callback, event);
    }

    /** A customer attaches a file, which is handed out to who has the token. */
    public int customerSendsFile(URI callback, String customer, byte[] bytes, String mimeType, String name) {
        ObjectNode event = message(customer).put("text", "").put("subtype", "file_share");
        String id = "F" + ids().next();
        files.expect(id, name, bytes.length);
        files.take(id, bytes);
        event.putArray("files")
                .addObject()
                .put("id", id)
                .put("name", name)
                .put("mimetype", mimeType)
                .put("size", bytes.length)
                .put("url_private_download", baseUrl() + "/files/" + id);
        return tell(callback, event);
    }

    /** A customer presses a button of our last message, by its title. */
    public int customerPresses(URI callback, String customer, String title) {
        ObjectNode message = last.getOrDefault(channel(customer), json.createObjectNode());
        ObjectNode payload =
                json.createObjectNode().put("type", "block_actions").put("trigger_id", "t" + ids().next());
        payload.putObject("user").put("id", "U" + hash(customer)).put("username", customer);
        payload.putObject("channel").put("id", channel(customer));
        payload.putObject("container").put("message_ts", message.path("ts").asText());
        for (JsonNode button : message.at("/blocks/1/elements")) {
            if (button.at("/text/text").asText().equals(title)) {
                ((ObjectNode) payload.withArray("actions").add(button).path(0)).put("action_ts", ts());
            }
        }
        String form = UrlEncoded.write(Map.of("payload", payload.toString()));
        return sign(callback, "application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode message(String customer) {
        String ts = ts();
        return json.createObjectNode()
                .put("type", "message")
                .put("channel", channel(customer))
                .put("channel_type", "im")
                .put("user", "U" + hash(customer))
                .put("ts", ts)
                .put("event_ts", ts);
    }

    private String ts() {
        long id = ids().next();
        return System.currentTimeMillis() / 1000 + "." + String.format(Locale.ROOT, "%06d", id % 1_000_000);
    }

    private int tell(URI callback, ObjectNode event) {
        history.add(event.path("channel").asText(), event);
        ObjectNode outer = json.createObjectNode()
                .put("team_id", "T1")
                .put("api_app_id", "A1")
                .put("type", "event_callback")
                .put("event_id", "Ev" + ids().next())
                .put("event_time", System.currentTimeMillis() / 1000);
        outer.set("event", event);
        return sign(callback, "application/json", outer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private int sign(URI callback, String type, byte[] body) {
        String time = Long.toString(System.currentTimeMillis() / 1000);
        byte[] start = HmacSigner.utf8("v0:" + time + ":");
        String signature = "v0=" + HmacSigner.hex("HmacSHA256", HmacSigner.utf8(SECRET), start, body);
        return post(callback, type, body, Map.of("X-Slack-Request-Timestamp", time, "X-Slack-Signature", signature));
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        boolean known = request.header("Authorization").equals("Bearer " + TOKEN);
        String path = request.path();
        if (path.startsWith("/files/")) {
            SlackUploads.Upload file = files.whole(path.substring("/files/".length()));
            byte[] bytes = file == null || !known ? null : file.bytes();
            return bytes == null
                    ? new SimulatorResponse(200, "text/html", Map.of(), "<html>".getBytes(StandardCharsets.UTF_8))
                    : new SimulatorResponse(200, "application/octet-stream", Map.of(), bytes);
        }
        if (path.startsWith("/upload/v1/")) { // the address is the permission
            boolean good = files.take(path.substring("/upload/v1/".length()), request.body());
            byte[] said = ((good ? "OK - " : "bad length - ") + request.body().length).getBytes(StandardCharsets.UTF_8);
            return new SimulatorResponse(good ? 200 : 400, "text/plain", Map.of(), said);
        }
        return known ? call(path, request) : error("invalid_auth");
    }

    private SimulatorResponse call(String path, SimulatorRequest request) throws IOException {
        UrlEncoded query = UrlEncoded.read(request.uri().getRawQuery());
        return switch (path) {
            case "/api/chat.postMessage" -> take(json.readTree(request.body()));
            case "/api/files.getUploadURLExternal" -> slot(UrlEncoded.read(request.text()));
            case "/api/files.completeUploadExternal" -> share(json.readTree(request.body()));
            case "/api/conversations.history" -> SimulatorResponse.json(200, history.history(query));
            case "/api/conversations.replies" -> {
                ObjectNode replies = history.replies(query);
                yield replies == null ? error("thread_not_found") : SimulatorResponse.json(200, replies);
            }
            default -> error("unknown_method");
        };
    }

    private SimulatorResponse slot(UrlEncoded form) {
        if (form.get("filename").isEmpty() || !form.get("length").matches("[1-9]\\d{0,9}")) {
            return error("invalid_arguments");
        }
        String id = "F" + ids().next();
        files.expect(id, form.get("filename"), Integer.parseInt(form.get("length")));
        return SimulatorResponse.json(
                200,
                json.createObjectNode()
                        .put("ok", true)
                        .put("upload_url", baseUrl() + "/upload/v1/" + id)
                        .put("file_id", id));
    }

    /** Slack names no message: it shares after its answer. */
    private SimulatorResponse share(JsonNode body) {
        String channel = body.path("channel_id").asText();
        SlackUploads.Upload file = files.whole(body.at("/files/0/id").asText());
        if (file == null) {
            return error("file_not_found");
        }
        if (!channel.matches("[CDG][A-Z0-9]+")) {
            return error("channel_not_found");
        }
        ObjectNode message = own(channel, body.path("thread_ts"))
                .put("subtype", "file_share")
                .put("text", body.path("initial_comment").asText(""));
        message.putArray("files")
                .addObject()
                .put("id", file.id())
                .put("name", file.name())
                .put("title", body.at("/files/0/title").asText(file.name()))
                .put("size", file.length());
        history.add(channel, message);
        String words = unescaped(message.path("text").asText());
        deliver(new Delivered(
                names.getOrDefault(channel, channel),
                channel + ":" + message.path("ts").asText(),
                ("[file] " + file.name() + " " + words).strip()));
        ObjectNode answer = json.createObjectNode().put("ok", true);
        answer.putArray("files").addObject().put("id", file.id()).putObject("shares");
        return SimulatorResponse.json(200, answer);
    }

    private ObjectNode own(String channel, JsonNode thread) {
        ObjectNode message = json.createObjectNode()
                .put("type", "message")
                .put("channel", channel)
                .put("user", "UBOT")
                .put("bot_id", "B1")
                .put("app_id", "A1")
                .put("ts", ts());
        if (thread.isTextual()) {
            message.set("thread_ts", thread);
        }
        return message;
    }

    private SimulatorResponse take(JsonNode body) {
        String channel = body.path("channel").asText();
        String text = body.path("text").asText();
        if (!channel.matches("[CDG][A-Z0-9]+")) {
            return error("channel_not_found");
        }
        if (text.isEmpty()) {
            return error("no_text");
        }
        if (text.length() > 40_000) {
            return error("msg_too_long");
        }
        for (JsonNode block : body.path("blocks")) {
            if (!isBlock(block)) {
                return error("invalid_blocks");
            }
        }
        ObjectNode message = own(channel, body.path("thread_ts")).put("text", text);
        if (body.has("metadata")) {
            message.set("metadata", body.path("metadata"));
        }
        history.add(channel, message);
        String ts = message.path("ts").asText();
        last.put(channel, ((ObjectNode) body.deepCopy()).put("ts", ts));
        String image = body.at("/blocks/0/image_url").asText("");
        String shown = image.isEmpty() ? unescaped(text) : "[image] " + image;
        deliver(new Delivered(names.getOrDefault(channel, channel), channel + ":" + ts, shown));
        ObjectNode answer =
                json.createObjectNode().put("ok", true).put("channel", channel).put("ts", ts);
        return SimulatorResponse.json(200, answer);
    }

    private static boolean isBlock(JsonNode block) {
        return switch (block.path("type").asText()) {
            case "section" -> within(block.at("/text/text"), 3000);
            case "image" ->
                block.path("image_url").asText().matches("https?://.+") && within(block.path("alt_text"), 2000);
            case "actions" -> {
                boolean good = !block.path("elements").isEmpty()
                        && block.path("elements").size() <= 25;
                for (JsonNode button : block.path("elements")) {
                    good &= within(button.at("/text/text"), 75)
                            && within(button.path("value"), 2000)
                            && within(button.path("action_id"), 255);
                }
                yield good;
            }
            default -> false;
        };
    }

    private static boolean within(JsonNode text, int longest) {
        return text.isTextual() && !text.asText().isEmpty() && text.asText().length() <= longest;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    @Override
    protected SimulatorResponse expired() {
        return error("token_expired");
    }

    private SimulatorResponse error(String error) {
        return SimulatorResponse.json(
                200, json.createObjectNode().put("ok", false).put("error", error));
    }
}
