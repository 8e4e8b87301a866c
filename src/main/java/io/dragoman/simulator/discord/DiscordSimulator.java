// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.MultipartReader;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Discord with one bot in one server: takes messages, brings what people write by its Gateway, and posts commands and
 * pressed buttons. A customer is any name, which gets an id and a direct channel; the server has one channel and a thread
 * in it. Thread-safe.
 */
public final class DiscordSimulator extends HttpSimulator {
    /** Where customers write whose messages come by a session at the Gateway. */
    public static final URI SESSION = URI.create("discord:session");

    public static final String GUILD = "300000000000000001";
    public static final String CHANNEL = "300000000000000002";
    public static final String THREAD = "300000000000000003";
    public static final String BOT = "300000000000000004";
    static final String APPLICATION = "300000000000000005";
    private static final String TOKEN = "simulated.discord.bot-token";

    private final ObjectMapper json = new ObjectMapper();
    private final DiscordIds ids;
    private final ChannelMessages messages = new ChannelMessages();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<JsonNode> answers = new CopyOnWriteArrayList<>();
    private final InteractionMaker interactions;
    private final GatewayServer gateway;
    private volatile String interactionsUrl = "";

    /** On a port, and one above; 0 for any free ones. */
    public DiscordSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public DiscordSimulator(int port, Clock clock) {
        super(port, clock);
        ids = new DiscordIds(ids());
        interactions = new InteractionMaker(ids);
        gateway = new GatewayServer(port == 0 ? 0 : port + 1, TOKEN, this::guild);
        start();
    }

    @Override
    public String kind() {
        return "discord";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "botToken",
                TOKEN,
                "publicKey",
                InteractionSigner.PUBLIC_KEY,
                "gatewayUrl",
                "http://127.0.0.1:" + gateway.port(),
                "baseUrl",
                baseUrl() + "/api/v10");
    }

    /** The Gateway, for what a test does to its sessions. */
    public GatewayServer gateway() {
        return gateway;
    }

    /** A customer's direct channel. */
    public String direct(String customer) {
        return ids.direct(customer);
    }

    /** A customer's own id. */
    public String person(String customer) {
        return ids.person(customer);
    }

    /** What interactions were answered by calls of ours. */
    public List<JsonNode> answers() {
        return List.copyOf(answers);
    }

    /** Where interactions go, as it was last set; empty for nowhere. */
    public String interactionsUrl() {
        return interactionsUrl;
    }

    /** Messages come by the session; a command is posted. */
    @Override
    public int customerPosts(URI callback, String customer, String text) {
        return asks(callback, customer, text);
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-signature-ed25519", "x-signature-timestamp");
    }

    @Override
    public int brings(URI callback, byte[] body) {
        return post(callback, "application/json", body, proof(body));
    }

    /** Writes to the bot directly. Without a session it is there, and found by who asks for it later. */
    @Override
    public int customerWrites(URI callback, String customer, String text) {
        gateway.awaitSession();
        writes(customer, direct(customer), text);
        return 200;
    }

    /** Writes in a channel, and returns the message. */
    public ObjectNode writes(String customer, String channel, String text) {
        ObjectNode message = message(customer, channel).put("content", text);
        messages.add(message);
        gateway.dispatch("MESSAGE_CREATE", message);
        return message;
    }

    /** A customer attaches a file, which is handed out to anybody. */
    public ObjectNode sendsFile(String customer, byte[] bytes, String mimeType, String name) {
        ObjectNode message = message(customer, direct(customer)).put("content", "");
        String path = "/attachments/" + message.path("channel_id").asText() + "/" + ids.next() + "/" + name;
        files.put(path, bytes);
        message.withArray("attachments")
                .addObject()
                .put("id", ids.next())
                .put("filename", name)
                .put("content_type", mimeType)
                .put("size", bytes.length)
                .put("url", baseUrl() + path + "?ex=1&is=1&hm=1");
        messages.add(message);
        gateway.dispatch("MESSAGE_CREATE", message);
        return message;
    }

    /** Tells the session anything that happened. */
    public void tells(String event, ObjectNode data) {
        gateway.dispatch(event, data);
    }

    private ObjectNode message(String customer, String channel) {
        ObjectNode message = json.createObjectNode()
                .put("id", ids.next())
                .put("channel_id", channel)
                .put("type", 0)
                .put("timestamp", Instant.now().toString());
        if (!ids.isDirect(channel)) {
            message.put("guild_id", GUILD);
        }
        message.put("channel_type", ids.isDirect(channel) ? 1 : channel.equals(THREAD) ? 11 : 0);
        message.set("author", interactions.user(customer));
        message.putArray("mentions");
        message.putArray("attachments");
        return message;
    }

    /** What a new session learns of the server: its channels, each with its last message. */
    private ObjectNode guild() {
        ObjectNode guild = json.createObjectNode().put("id", GUILD).put("joined_at", "2020-01-01T00:00:00Z");
        channel(guild.putArray("channels"), CHANNEL, 0);
        channel(guild.putArray("threads"), THREAD, 11).put("parent_id", CHANNEL);
        return guild;
    }

    private ObjectNode channel(ArrayNode channels, String id, int type) {
        ObjectNode channel = channels.addObject().put("id", id).put("type", type);
        ObjectNode last = messages.last(id);
        return last == null
                ? channel
                : channel.put("last_message_id", last.path("id").asText());
    }

    /** Uses {@code /ask} in the direct channel; posted where there is an address, else told by the session. */
    public int asks(URI callback, String customer, String text) {
        return interact(callback, interactions.command(customer, text));
    }

    /** Presses a button, or picks from a menu, of our last message with this title. */
    public int presses(URI callback, String customer, String title) {
        ChannelMessages.Shown shown = messages.shown(direct(customer), title);
        if (shown == null) {
            throw new IllegalStateException("no message shows " + title);
        }
        return interact(callback, interactions.pressed(customer, shown));
    }

    private int interact(URI callback, ObjectNode interaction) {
        if (callback.equals(SESSION)) {
            gateway.dispatch("INTERACTION_CREATE", interaction);
            return 200;
        }
        return brings(callback, interaction.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The headers that prove a body, at this moment. */
    public Map<String, String> proof(byte[] body) {
        return InteractionSigner.proof(body, Instant.now());
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        byte[] file = files.get(request.path());
        if (file != null) {
            return new SimulatorResponse(200, "application/octet-stream", Map.of(), file);
        }
        String path = request.path().replaceFirst("^/api/v10", "");
        if (path.matches("/interactions/\\d+/[^/]+/callback")) {
            answers.add(json.readTree(request.body()));
            return SimulatorResponse.empty(204, Map.of());
        }
        if (!request.header("Authorization").equals("Bot " + TOKEN)) {
            return error(401, 0, "401: Unauthorized");
        }
        if (!request.header("User-Agent").matches("DiscordBot \\(\\S+, \\S+\\).*")) {
            return error(403, 40333, "internal network error");
        }
        String[] steps = path.split("/");
        return switch (request.method() + " " + (steps.length > 1 ? steps[1] : "")) {
            case "GET gateway" -> SimulatorResponse.json(200, gatewayOf());
            case "POST users" -> open(json.readTree(request.body()));
            case "PATCH applications" -> applies(json.readTree(request.body()));
            case "POST channels" -> steps.length == 4 ? take(steps[2], request) : error(404, 0, "404: Not Found");
            case "GET channels" -> look(steps, request.uri().getQuery());
            default -> error(404, 0, "404: Not Found");
        };
    }

    private ObjectNode gatewayOf() {
        ObjectNode answer = json.createObjectNode().put("url", "ws://127.0.0.1:" + gateway.port());
        answer.put("shards", 1)
                .putObject("session_start_limit")
                .put("remaining", 1000)
                .put("reset_after", 0);
        return answer;
    }

    private SimulatorResponse open(JsonNode body) {
        String person = body.path("recipient_id").asText();
        return ids.isPerson(person)
                ? SimulatorResponse.json(
                        200, json.createObjectNode().put("type", 1).put("id", direct(ids.name(person))))
                : error(400, 50033, "Invalid Recipient(s)");
    }

    private SimulatorResponse applies(JsonNode body) {
        String url = body.path("interactions_endpoint_url").asText();
        byte[] ping = interactions.ping().toString().getBytes(StandardCharsets.UTF_8);
        Map<String, String> wrong = Map.of("X-Signature-Timestamp", "1", "X-Signature-Ed25519", "00".repeat(64));
        URI target = URI.create(url);
        if (brings(target, ping) != 200 || post(target, "application/json", ping, wrong) != 401) {
            return error(400, MessageRules.INVALID, "The specified interactions endpoint url could not be verified.");
        }
        interactionsUrl = url;
        return SimulatorResponse.json(200, json.createObjectNode().put("id", APPLICATION));
    }

    private SimulatorResponse look(String[] steps, @Nullable String query) {
        String channel = steps.length > 2 ? steps[2] : "";
        if (!ids.isChannel(channel)) {
            return error(404, 10003, "Unknown Channel");
        }
        if (steps.length == 3) {
            ObjectNode found = channel(json.createArrayNode(), channel, ids.isDirect(channel) ? 1 : 0);
            return SimulatorResponse.json(
                    200, channel.equals(THREAD) ? found.put("type", 11).put("parent_id", CHANNEL) : found);
        }
        if (steps.length == 5) {
            ObjectNode message = messages.find(channel, steps[4]);
            return message == null ? error(404, 10008, "Unknown Message") : SimulatorResponse.json(200, message);
        }
        String most = parameter(query, "limit");
        String from = parameter(query, "after");
        int limit = most.isEmpty() ? 50 : Integer.parseInt(most);
        long after = from.isEmpty() ? 0 : Long.parseLong(from);
        return limit < 1 || limit > 100
                ? error(400, MessageRules.INVALID, "Invalid Form Body")
                : SimulatorResponse.json(200, messages.after(channel, after, limit));
    }

    private static String parameter(@Nullable String query, String name) {
        return ("&" + query).replaceFirst("(?s)^.*?&" + name + "=([0-9]*).*$|^.*$", "$1");
    }

    private SimulatorResponse take(String channel, SimulatorRequest request) throws IOException {
        Map<String, MultipartReader.Field> form = MultipartReader.read(request.header("Content-Type"), request.body());
        MultipartReader.Field payload = form.get("payload_json");
        JsonNode body = json.readTree(payload == null ? request.body() : payload.content());
        if (!ids.isChannel(channel)) {
            return error(404, 10003, "Unknown Channel");
        }
        Integer problem = MessageRules.problem(body, form.containsKey("files[0]"));
        if (problem != null) {
            return error(400, problem, "Invalid Form Body");
        }
        String nonce = body.path("nonce").asText();
        ObjectNode known = body.path("enforce_nonce").asBoolean() ? messages.repeated(channel, nonce) : null;
        return SimulatorResponse.json(200, known == null ? made(channel, nonce, body, form) : known);
    }

    private ObjectNode made(String channel, String nonce, JsonNode body, Map<String, MultipartReader.Field> form) {
        ObjectNode message = message(BOT, channel);
        message.putObject("author").put("id", BOT).put("username", "Shop").put("bot", true);
        message.put("content", body.path("content").asText());
        message.set("components", body.path("components").isArray() ? body.path("components") : json.createArrayNode());
        messages.add(message);
        messages.remember(channel, nonce, message);
        String file = form.containsKey("files[0]") ? "[file] " : "";
        String content = (file + body.path("content").asText()).strip();
        deliver(new Delivered(ids.name(channel), message.path("id").asText(), content));
        gateway.dispatch("MESSAGE_CREATE", message);
        return message;
    }

    private SimulatorResponse error(int status, int code, String message) {
        return SimulatorResponse.json(
                status, json.createObjectNode().put("code", code).put("message", message));
    }

    @Override
    public void close() {
        gateway.close();
        super.close();
    }
}
