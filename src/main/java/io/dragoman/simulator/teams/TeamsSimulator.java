// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.teams;

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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The Bot Connector of Microsoft Teams with one bot in one organisation: gives out tokens, publishes its keys, takes
 * activities, hands out pictures to who has a token and files to who has their link, and posts signed activities. A
 * customer is any name, which gets ids and a chat of its own. Thread-safe.
 */
public final class TeamsSimulator extends HttpSimulator {
    private static final String APP = "11111111-2222-3333-4444-555555555555";
    private static final String TENANT = "66666666-7777-8888-9999-000000000000";
    private static final String PASSWORD = "simulated-client-secret";
    private static final String ISSUER = "https://api.botframework.com";
    private static final String LOGIN = "/" + TENANT + "/oauth2/v2.0/token";
    private static final String CHATS = "/teams/v3/conversations/";

    private final ObjectMapper json = new ObjectMapper();
    private final TokenSigner signer = new TokenSigner();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    /** By either id of the person who has the app. */
    private final Map<String, String> chats = new ConcurrentHashMap<>();

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> last = new ConcurrentHashMap<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    /** On a port; 0 for any free one. */
    public TeamsSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public TeamsSimulator(int port, Clock clock) {
        super(port, clock);
        start();
    }

    @Override
    public String kind() {
        return "teams";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "appId",
                APP,
                "clientSecret",
                PASSWORD,
                "tenantId",
                TENANT,
                "baseUrl",
                baseUrl() + "/teams",
                "loginUrl",
                baseUrl().toString(),
                "openIdUrl",
                baseUrl() + "/v1/.well-known/openidconfiguration");
    }

    /** The chat of a customer with the bot. */
    public String chat(String customer) {
        String id = "a:" + uuid(customer);
        names.put(id, customer);
        chats.put(objectId(customer), id);
        chats.put(botsId(customer), id);
        return id;
    }

    /** The id of a customer in the organisation's directory. */
    public static String objectId(String customer) {
        return uuid("aad" + customer);
    }

    private static String botsId(String customer) {
        return "29:" + uuid("29" + customer);
    }

    private static String uuid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** From now on none of the tokens that were given out is good any more. */
    public void forgetTokens() {
        tokens.clear();
    }

    /** The token is about the connector that an activity names, not about what is written. */
    @Override
    public Optional<Proof> proof() {
        return Optional.of(new Proof(List.of("authorization"), false));
    }

    @Override
    public int brings(URI callback, byte[] body) {
        JsonNode activity;
        try {
            activity = json.readTree(body);
        } catch (IOException e) {
            activity = json.createObjectNode(); // for no connector at all
        }
        return post(callback, "application/json; charset=utf-8", body, proof(activity));
    }

    @Override
    public Optional<String> keys() {
        return Optional.of(signer.published().toString());
    }

    /** Without a connector: then it is the one that is configured. */
    @Override
    public Optional<String> address(String customer) {
        return Optional.of(chat(customer));
    }

    @Override
    public Map<String, String> grants() {
        ObjectNode answer = json.createObjectNode().put("token_type", "Bearer").put("expires_in", 3599);
        return Map.of(LOGIN, answer.put("access_token", "simulated.grant").toString());
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        ObjectNode activity = activity(customer, "message").put("textFormat", "plain");
        return tell(callback, activity.put("text", text));
    }

    /** A customer attaches a file, which its link hands out to anybody. */
    public int customerSendsFile(URI callback, String customer, byte[] bytes, String name) {
        String id = Long.toString(ids().next());
        files.put("/files/" + id, bytes);
        ObjectNode activity = activity(customer, "message");
        ObjectNode file = activity.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.teams.file.download.info")
                .put("contentUrl", "https://shop.sharepoint.example/personal/" + name)
                .put("name", name);
        file.putObject("content")
                .put("downloadUrl", baseUrl() + "/files/" + id)
                .put("uniqueId", uuid(id))
                .put("fileType", name.substring(name.lastIndexOf('.') + 1));
        return tell(callback, activity);
    }

    /** A customer pastes a picture, which is handed out to who has a token. */
    public int customerPastesPicture(URI callback, String customer, byte[] bytes) {
        String path = "/teams/v3/attachments/" + ids().next() + "/views/original";
        files.put(path, bytes);
        ObjectNode activity = activity(customer, "message");
        activity.putArray("attachments")
                .addObject()
                .put("contentType", "image/*")
                .put("contentUrl", baseUrl() + path);
        return tell(callback, activity);
    }

    /** A customer presses a button of our last message, by its title. */
    public int customerPresses(URI callback, String customer, String title) {
        ObjectNode message = last.getOrDefault(chat(customer), json.createObjectNode());
        ObjectNode activity = activity(customer, "message")
                .put("replyToId", message.path("id").asText());
        for (JsonNode action : message.at("/attachments/0/content/actions")) {
            if (action.path("title").asText().equals(title)) {
                activity.set("value", action.path("data"));
            }
        }
        return tell(callback, activity);
    }

    /** Whoever is in a personal chat tells what they read, by the last message's id, which is its time. */
    @Override
    public void receipts(URI callback, Delivered message) {
        ObjectNode read = activity(message.customer(), "event").put("name", "application/vnd.microsoft.readReceipt");
        read.putObject("value").put("lastReadMessageId", String.valueOf(System.currentTimeMillis()));
        tell(callback, read);
    }

    private ObjectNode activity(String customer, String type) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        ObjectNode activity = json.createObjectNode()
                .put("type", type)
                .put("id", Long.toString(ids().next()))
                .put("timestamp", now.toString())
                .put("serviceUrl", baseUrl() + "/teams/")
                .put("channelId", "msteams")
                .put("locale", "en-GB");
        activity.putObject("from")
                .put("id", botsId(customer))
                .put("name", customer)
                .put("aadObjectId", objectId(customer));
        activity.putObject("recipient").put("id", "28:" + APP).put("name", "Gateway");
        activity.putObject("conversation")
                .put("id", chat(customer))
                .put("conversationType", "personal")
                .put("tenantId", TENANT);
        activity.putObject("channelData").putObject("tenant").put("id", TENANT);
        return activity;
    }

    /** Posts an activity with a token of its own. */
    private int tell(URI callback, ObjectNode activity) {
        byte[] body = activity.toString().getBytes(StandardCharsets.UTF_8);
        return post(callback, "application/json; charset=utf-8", body, proof(activity));
    }

    /** The header that proves an activity. */
    public Map<String, String> proof(JsonNode activity) {
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = json.createObjectNode()
                .put("serviceurl", activity.path("serviceUrl").asText())
                .put("nbf", now)
                .put("exp", now + 3600)
                .put("iss", ISSUER)
                .put("aud", APP);
        return Map.of("Authorization", "Bearer " + signer.token(claims));
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        String path = request.path();
        if (path.equals("/v1/.well-known/openidconfiguration")) {
            ObjectNode metadata = json.createObjectNode().put("issuer", ISSUER);
            return SimulatorResponse.json(200, metadata.put("jwks_uri", baseUrl() + "/v1/.well-known/keys"));
        }
        if (path.equals("/v1/.well-known/keys")) {
            return SimulatorResponse.json(200, signer.published());
        }
        if (path.equals(LOGIN)) {
            return login(UrlEncoded.read(request.text()));
        }
        boolean known = tokens.contains(request.header("Authorization"));
        if (path.startsWith("/files/")) {
            return request.header("Authorization").isEmpty()
                    ? file(path)
                    : error(401, "InvalidAuthenticationToken"); // SharePoint knows no token of ours
        }
        if (!known) {
            return error(401, "BotNotRegistered");
        }
        if (path.equals("/teams/v3/conversations")) {
            return open(json.readTree(request.body()));
        }
        return path.startsWith("/teams/v3/attachments/") ? file(path) : activity(request);
    }

    private SimulatorResponse file(String path) {
        byte[] bytes = files.get(path);
        return bytes == null
                ? error(404, "itemNotFound")
                : new SimulatorResponse(200, "application/octet-stream", Map.of(), bytes);
    }

    private SimulatorResponse login(UrlEncoded form) {
        Map<String, String> right = Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                APP,
                "client_secret",
                PASSWORD,
                "scope",
                ISSUER + "/.default");
        if (!right.entrySet().stream().allMatch(one -> form.get(one.getKey()).equals(one.getValue()))) {
            ObjectNode refusal = json.createObjectNode().put("error", "invalid_client");
            return SimulatorResponse.json(
                    401, refusal.put("error_description", "AADSTS7000215: Invalid client secret"));
        }
        String token = "simulated." + ids().next();
        tokens.add("Bearer " + token);
        ObjectNode answer = json.createObjectNode().put("token_type", "Bearer").put("expires_in", 3599);
        return SimulatorResponse.json(200, answer.put("access_token", token));
    }

    /** The chat of somebody who has the app, which is always the same one. */
    private SimulatorResponse open(JsonNode parameters) {
        boolean ours = parameters.at("/bot/id").asText().equals("28:" + APP)
                && parameters.at("/channelData/tenant/id").asText().equals(TENANT);
        String chat = chats.get(parameters.at("/members/0/id").asText());
        if (!ours) {
            return error(400, "BadSyntax");
        }
        return chat == null
                ? error(403, "ForbiddenOperationException")
                : SimulatorResponse.json(201, json.createObjectNode().put("id", chat));
    }

    private SimulatorResponse activity(SimulatorRequest request) throws IOException {
        String path = request.path();
        String chat = conversation(path);
        if (chat == null || !request.method().equals("POST")) {
            return error(404, "ConversationNotFound");
        }
        JsonNode activity = json.readTree(request.body());
        Optional<String> error = ActivityCheck.error(activity);
        if (error.isPresent()) {
            return error(error.get().equals("MessageSizeTooBig") ? 413 : 400, error.get());
        }
        String id = Long.toString(ids().next());
        last.put(chat, ((ObjectNode) activity.deepCopy()).put("id", id));
        String base = chat.replaceFirst(";messageid=.*", "");
        deliver(new Delivered(names.getOrDefault(chat, chat), base + "/" + id, ActivityCheck.shown(activity)));
        return SimulatorResponse.json(201, json.createObjectNode().put("id", id));
    }

    private static @Nullable String conversation(String path) {
        String end = "/activities";
        boolean posts = path.startsWith(CHATS) && path.endsWith(end);
        String chat = posts ? path.substring(CHATS.length(), path.length() - end.length()) : "";
        return chat.matches("(a|19):[^/]+") ? chat : null;
    }

    private SimulatorResponse error(int status, String code) {
        ObjectNode answer = json.createObjectNode();
        answer.putObject("error").put("code", code).put("message", "It was refused.");
        return SimulatorResponse.json(status, answer);
    }
}
