// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.wechat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * WeChat's Official Account API with one account: access tokens that expire, customer service messages within their
 * window, media, and signed events, encrypted or plain. Errors are codes in answers of 200. A customer is any id.
 * Thread-safe.
 */
public final class WeChatSimulator extends HttpSimulator {
    private static final String APP_ID = "wx5823bf96d3bd56c7";
    private static final String APP_SECRET = "0c79e1fa963cd80cc0be99b20a18faeb";
    private static final String TOKEN = "QDG6eKShopToken";
    private static final String AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    private static final String ACCOUNT = "gh_10f6c3c3ac5a";
    private static final Duration TOKEN_LIFE = Duration.ofHours(2);
    /** WeChat shows such an escape as it is written. */
    private static final Pattern ESCAPE = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u");

    private final ObjectMapper json = new ObjectMapper();
    private final MessageSealer sealer = new MessageSealer(AES_KEY, APP_ID);
    private final ReplyWindows windows = new ReplyWindows();
    private final MediaShelf shelf = new MediaShelf();
    private final Map<String, JsonNode> menus = new ConcurrentHashMap<>();
    private final boolean safe;
    private final Clock clock;
    private String accessToken = "";
    private Instant tokenEnd = Instant.MIN;
    private volatile byte[] last = new byte[0];

    /** On a port, 0 for any free one, in safe mode. */
    public WeChatSimulator(int port) {
        this(port, true, Clock.systemUTC());
    }

    /**
     * @param safe whether what it posts is encrypted
     * @param clock tells when tokens and windows end
     */
    public WeChatSimulator(int port, boolean safe, Clock clock) {
        super(port, clock);
        this.safe = safe;
        this.clock = clock;
        start();
    }

    @Override
    public String kind() {
        return "wechat";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("appId", APP_ID);
        settings.put("appSecret", APP_SECRET);
        settings.put("token", TOKEN);
        if (safe) {
            settings.put("encodingAesKey", AES_KEY);
        } else {
            settings.put("insecure", "true");
        }
        settings.put("baseUrl", baseUrl().toString());
        return settings;
    }

    @Override
    public Optional<Proof> proof() {
        return safe ? Proof.byParameters("timestamp", "nonce", "msg_signature") : Optional.empty();
    }

    @Override
    public Map<String, String> grants() {
        return Map.of(
                "/cgi-bin/stable_token",
                json.createObjectNode()
                        .put("access_token", "granted")
                        .put("expires_in", TOKEN_LIFE.toSeconds())
                        .toString());
    }

    /** Any body: encrypted where it is not yet. */
    @Override
    public int brings(URI callback, byte[] body) {
        return push(callback, "nobody", body);
    }

    @Override
    public byte[] opened(byte[] posted) {
        return PushedXml.encrypted(posted).map(sealer::open).orElse(posted);
    }

    @Override
    public boolean closeWindow(String customer) {
        return windows.close(customer);
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        return customerSends(callback, customer, "text", Map.of("Content", text));
    }

    /** A customer sends a message of any type, with the fields of that type. */
    public int customerSends(URI callback, String customer, String type, Map<String, String> fields) {
        windows.wrote(customer, clock.instant());
        PushedXml xml = new PushedXml(ACCOUNT, customer, clock.instant(), type);
        fields.forEach(xml::text);
        return push(
                callback,
                customer,
                xml.number("MsgId", 24_000_000_000_000_000L + ids().next()).bytes());
    }

    /** A customer picks a row of our last menu: it comes as its text with its id. */
    public int customerPicks(URI callback, String customer, String title) {
        for (JsonNode row : menus.getOrDefault(customer, json.nullNode()).path("list")) {
            if (row.path("content").asText().equals(title)) {
                return customerSends(
                        callback,
                        customer,
                        "text",
                        Map.of("Content", title, "bizmsgmenuid", row.path("id").asText()));
            }
        }
        throw new IllegalStateException("our last menu has no such row");
    }

    /** A customer causes an event, such as {@code CLICK}, {@code SCAN} or {@code subscribe}; {@code key} may be empty. */
    public int customerCauses(URI callback, String customer, String event, String key) {
        windows.caused(customer, event, clock.instant());
        PushedXml xml = new PushedXml(ACCOUNT, customer, clock.instant(), "event");
        return push(
                callback,
                customer,
                xml.text("Event", event).text("EventKey", key).bytes());
    }

    /** WeChat tries the last one again, as it does up to three times: a proof of now for the same message. */
    public int repeats(URI callback, String customer) {
        return push(callback, customer, last);
    }

    /** The address is saved in the server configuration: WeChat tries it. Returns the status. */
    public int triesAddress(URI callback) {
        Map<String, String> query = proven(new LinkedHashMap<>(), "signature");
        query.put("echostr", Long.toString(5_927_782_489_442_352_469L));
        return send(HttpRequest.newBuilder(with(callback, query))
                .timeout(Duration.ofSeconds(5))
                .GET()
                .build());
    }

    /** What a customer attached is held under this id. */
    public void holds(String id, String mimeType, byte[] bytes) {
        shelf.put(id, new MediaShelf.Held("customer", mimeType, bytes));
    }

    /** The access token ends at once: somebody made a new one by the older call. */
    public synchronized void endToken() {
        tokenEnd = Instant.MIN;
    }

    private int push(URI callback, String customer, byte[] message) {
        last = message;
        Map<String, String> query = proven(new LinkedHashMap<>(), "signature");
        query.put("openid", customer);
        if (!safe) {
            return post(with(callback, query), "text/xml", message, Map.of());
        }
        Optional<String> encrypted = PushedXml.encrypted(message);
        String sealed = encrypted.orElseGet(() -> sealer.seal(message));
        query.put("encrypt_type", "aes");
        proven(query, "msg_signature", sealed);
        byte[] body = encrypted.isPresent() ? message : PushedXml.envelope(ACCOUNT, sealed);
        return post(with(callback, query), "text/xml", body, Map.of());
    }

    /** Adds a signature, with the time and word that it covers. */
    private Map<String, String> proven(Map<String, String> query, String name, String... more) {
        query.putIfAbsent("timestamp", Long.toString(clock.instant().getEpochSecond()));
        query.putIfAbsent("nonce", Long.toString(ids().next()));
        String[] words = Arrays.copyOf(more, more.length + 3);
        words[more.length] = TOKEN;
        words[more.length + 1] = query.getOrDefault("timestamp", "");
        words[more.length + 2] = query.getOrDefault("nonce", "");
        query.put(name, MessageSealer.sign(words));
        return query;
    }

    private static URI with(URI callback, Map<String, String> query) {
        return URI.create(callback + "?" + UrlEncoded.write(query));
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        UrlEncoded query = UrlEncoded.read(request.uri().getRawQuery());
        if (request.path().equals("/cgi-bin/stable_token")) {
            return grant(json.readTree(request.body()));
        }
        int refused = refused(query.get("access_token"));
        if (refused != 0) {
            return error(refused, "invalid credential, access_token is invalid or not latest");
        }
        return switch (request.path()) {
            case "/cgi-bin/message/custom/send" -> sent(request.text());
            case "/cgi-bin/media/upload" -> upload(query.get("type"), request);
            case "/cgi-bin/media/get" -> media(query.get("media_id"));
            default -> SimulatorResponse.empty(404, Map.of());
        };
    }

    /** The token that is valid, or in its last five minutes a new one. */
    private synchronized SimulatorResponse grant(JsonNode body) {
        if (!body.path("grant_type").asText().equals("client_credential")) {
            return error(40002, "invalid grant_type");
        }
        if (!body.path("appid").asText().equals(APP_ID)) {
            return error(40013, "invalid appid");
        }
        if (!body.path("secret").asText().equals(APP_SECRET)) {
            return error(40125, "invalid appsecret");
        }
        Instant now = clock.instant();
        if (tokenEnd.equals(Instant.MIN) || now.isAfter(tokenEnd.minus(Duration.ofMinutes(5)))) {
            accessToken = "73_" + ids().next() + "-simulated_token";
            tokenEnd = now.plus(TOKEN_LIFE);
        }
        return SimulatorResponse.json(
                200,
                json.createObjectNode()
                        .put("access_token", accessToken)
                        .put("expires_in", Duration.between(now, tokenEnd).toSeconds()));
    }

    private synchronized int refused(String given) {
        if (given.isEmpty()) {
            return 41001;
        }
        return !given.equals(accessToken) || tokenEnd.equals(Instant.MIN)
                ? 40001
                : clock.instant().isBefore(tokenEnd) ? 0 : 42001;
    }

    private SimulatorResponse sent(String raw) throws IOException {
        JsonNode body = json.readTree(ESCAPE.matcher(raw).replaceAll("$1\\\\\\\\u"));
        String customer = body.path("touser").asText();
        if (customer.isEmpty()) {
            return error(40003, "invalid openid");
        }
        String type = body.path("msgtype").asText();
        JsonNode content = body.path(type);
        int wrong = wrong(type, content);
        if (wrong != 0) {
            return error(wrong, "invalid message");
        }
        int closed = windows.take(customer, clock.instant());
        if (closed != 0) {
            return error(closed, "response out of time limit or subscription is canceled, or count exceeded");
        }
        if (type.equals("msgmenu")) {
            menus.put(customer, content);
        }
        deliver(new Delivered(customer, Long.toString(ids().next()), shown(type, content)));
        return error(0, "ok");
    }

    private int wrong(String type, JsonNode content) {
        return switch (type) {
            case "text" -> text(content.path("content"));
            case "image", "voice" -> held(type, content.path("media_id"));
            case "video" -> Math.max(held(type, content.path("media_id")), held(null, content.path("thumb_media_id")));
            case "msgmenu" -> {
                boolean rows = !content.path("list").isEmpty();
                for (JsonNode row : content.path("list")) {
                    rows &= row.path("id").isTextual() && text(row.path("content")) == 0;
                }
                yield rows ? 0 : 61451;
            }
            default -> 40008;
        };
    }

    private static int text(JsonNode text) {
        int bytes = text.asText("").getBytes(StandardCharsets.UTF_8).length;
        return bytes == 0 ? 44004 : bytes > 2048 ? 45002 : 0;
    }

    private int held(@Nullable String type, JsonNode id) {
        return shelf.find(id.asText())
                        .filter(media -> type == null || media.type().equals(type))
                        .isPresent()
                ? 0
                : 40007;
    }

    private static String shown(String type, JsonNode content) {
        return switch (type) {
            case "text" -> content.path("content").asText();
            case "msgmenu" -> content.path("head_content").asText();
            default -> "[" + type + "]";
        };
    }

    private SimulatorResponse upload(String type, SimulatorRequest request) {
        String id = "media_" + ids().next();
        int refused = shelf.take(id, type, request);
        ObjectNode answer = json.createObjectNode();
        return refused != 0
                ? error(refused, "invalid media")
                : SimulatorResponse.json(
                        200,
                        answer.put("type", type)
                                .put("media_id", id)
                                .put("created_at", clock.instant().getEpochSecond()));
    }

    private SimulatorResponse media(String id) {
        return shelf.find(id)
                .map(media -> new SimulatorResponse(200, media.mimeType(), Map.of(), media.bytes()))
                .orElseGet(() -> error(40007, "invalid media_id"));
    }

    private SimulatorResponse error(int code, String message) {
        return SimulatorResponse.json(
                200, json.createObjectNode().put("errcode", code).put("errmsg", message));
    }
}
