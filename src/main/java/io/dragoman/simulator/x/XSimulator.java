// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.MultipartReader;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * X's API with one account: direct messages and answers to posts in its name, pictures, films, lists of both, webhooks with
 * their challenge, and limits. A customer is any name, which gets a user id. Thread-safe.
 */
public final class XSimulator extends HttpSimulator {
    private static final String OWN = Activity.OWN;
    private static final String KEY = "simulated-x-api-key";
    private static final String SECRET = "simulated-x-api-key-secret";
    private static final String TOKEN = OWN + "-simulated-x-access-token";
    private static final String TOKEN_SECRET = "simulated-x-access-token-secret";
    private static final String APP_TOKEN = "simulated-x-app-token";
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final ObjectMapper json = new ObjectMapper();
    private final Clock clock;
    private final int limit;
    private final OAuthCheck check;
    private final Activity activity;
    private final Map<String, byte[]> media = new ConcurrentHashMap<>();
    private final FilmBook films;
    private final Set<String> closed = ConcurrentHashMap.newKeySet();
    private final WebhookBook webhooks;
    private volatile @Nullable URI echoTo;
    private Instant windowEnds = Instant.EPOCH;
    private int sent;

    /** On a port, 0 for any free one, without limits. */
    public XSimulator(int port) {
        this(port, Clock.systemUTC(), 0);
    }

    /** @param limit how many direct messages may be sent in 15 minutes; 0 for any number */
    public XSimulator(int port, Clock clock, int limit) {
        super(port, clock);
        this.clock = clock;
        this.limit = limit;
        check = new OAuthCheck(KEY, SECRET, TOKEN, TOKEN_SECRET, clock);
        activity = new Activity(clock);
        films = new FilmBook(activity::next, media::put);
        webhooks = new WebhookBook(SECRET, activity::next);
        start();
    }

    @Override
    public String kind() {
        return "x";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "userId",
                OWN,
                "consumerKey",
                KEY,
                "consumerSecret",
                SECRET,
                "accessToken",
                TOKEN,
                "accessTokenSecret",
                TOKEN_SECRET,
                "baseUrl",
                baseUrl().toString());
    }

    /** The user id of a customer. */
    public String userId(String customer) {
        return activity.userId(customer);
    }

    /** The webhooks and what they are subscribed to. */
    public WebhookBook webhooks() {
        return webhooks;
    }

    /** A customer takes no direct messages from the account any more. */
    public void customerCloses(String customer) {
        closed.add(userId(customer));
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-twitter-webhooks-signature");
    }

    @Override
    public int brings(URI callback, byte[] body) {
        String signature = "sha256=" + HmacSigner.base64("HmacSHA256", HmacSigner.utf8(SECRET), body);
        return post(callback, "application/json", body, Map.of("x-twitter-webhooks-signature", signature));
    }

    private int tell(URI callback, ObjectNode data) {
        ObjectNode root = json.createObjectNode();
        root.set("data", data);
        return brings(callback, root.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        return tell(callback, activity.direct("dm.received", userId(customer), OWN, text, null));
    }

    /** The same, but no webhook brings it. */
    public void customerWritesUnseen(String customer, String text) {
        activity.direct("dm.received", userId(customer), OWN, text, null);
    }

    /** A customer sends a picture, which only the members of the conversation can fetch. */
    public int customerSendsPicture(URI callback, String customer, byte[] jpeg) {
        String id = activity.next();
        String place = id + "/" + activity.next() + "/photo.jpg";
        media.put(place, jpeg);
        ObjectNode picture = json.createObjectNode().put("id", id).put("type", "photo");
        picture.put("media_url_https", "https://ton.twitter.com/1.1/ton/data/dm/" + place);
        picture.put("url", "https://t.co/picture");
        return tell(callback, activity.direct("dm.received", userId(customer), OWN, "https://t.co/picture", picture));
    }

    /** The account itself writes, by X's own app: the webhook tells that too. */
    public int accountWrites(URI callback, String customer, String text) {
        return tell(callback, activity.direct("dm.sent", OWN, userId(customer), text, null));
    }

    /** The account itself answers a customer's last post, by X's own app. */
    public int accountAnswers(URI callback, String customer, String text) {
        return tell(callback, activity.answer(activity.posts().lastOf(userId(customer)), text));
    }

    /** From now on the webhook tells all that is sent by the API too, before the API answers. */
    public void echoTo(URI callback) {
        echoTo = callback;
    }

    private String sent(ObjectNode data, String id) {
        URI callback = echoTo;
        if (callback != null) {
            tell(callback, data);
        }
        return data.at(id).asText();
    }

    /** A customer reads everything that was sent until now. */
    public int customerReads(URI callback, String customer) {
        ObjectNode data = activity.activity("dm.read");
        ObjectNode read = data.putObject("payload")
                .putArray("direct_message_mark_read_events")
                .addObject();
        read.put("created_timestamp", Long.toString(clock.millis())).put("sender_id", userId(customer));
        read.putObject("target").put("recipient_id", OWN);
        read.put("last_read_event_id", activity.next());
        return tell(callback, data);
    }

    @Override
    public void receipts(URI callback, Delivered message) {
        customerReads(callback, message.customer());
    }

    /** A customer mentions the account, in a post that begins a conversation or answers another. */
    public int customerMentions(URI callback, String customer, String text, @Nullable String answered) {
        return tell(callback, activity.mention(customer, text, answered));
    }

    /** The same, but no webhook brings it. */
    public void customerMentionsUnseen(String customer, String text) {
        activity.mention(customer, text, null);
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        String path = request.path();
        if (path.equals("/oauth2/token")) {
            return token(request);
        }
        String authorization = request.header("Authorization");
        boolean app = authorization.equals("Bearer " + APP_TOKEN);
        if (path.startsWith("/2/webhooks") || (path.equals("/2/activity/subscriptions") && app)) {
            return app ? webhooks.handle(request) : problem(401, "Unauthorized", "Unauthorized");
        }
        if (!check.accepts(request, baseUrl().toString())) {
            return problem(401, "Unauthorized", "Unauthorized");
        }
        return byUser(request, path);
    }

    private SimulatorResponse byUser(SimulatorRequest request, String path) throws IOException {
        SimulatorResponse film = films.handle(request);
        if (film != null) {
            return film;
        }
        UrlEncoded query = UrlEncoded.read(request.uri().getRawQuery());
        return switch (request.method() + " " + path) {
            case "POST /2/tweets" -> tweet(json.readTree(request.body()));
            case "POST /2/media/upload" -> upload(request);
            case "POST /2/activity/subscriptions" -> webhooks.handle(request);
            case "GET /2/dm_events" ->
                SimulatorResponse.json(200, activity.messages().page(query, activity.users()));
            case "GET /2/users/" + OWN + "/mentions" ->
                SimulatorResponse.json(200, activity.posts().page(query, activity.users()));
            default ->
                request.method().equals("GET") && path.startsWith("/2/dm_conversations/media/")
                        ? picture(path.substring("/2/dm_conversations/media/".length()))
                        : request.method().equals("POST") && path.matches("/2/dm_conversations/(with/)?\\d+/messages")
                                ? message(path.split("/"), json.readTree(request.body()))
                                : problem(404, "Not Found", "Not Found");
        };
    }

    private SimulatorResponse token(SimulatorRequest request) {
        String pair = Base64.getEncoder().encodeToString(HmacSigner.utf8(KEY + ":" + SECRET));
        return request.header("Authorization").equals("Basic " + pair)
                        && request.text().equals("grant_type=client_credentials")
                ? SimulatorResponse.json(200, "{\"token_type\":\"bearer\",\"access_token\":\"" + APP_TOKEN + "\"}")
                : SimulatorResponse.json(
                        403, "{\"errors\":[{\"code\":99,\"message\":\"Unable to verify your credentials\"}]}");
    }

    private synchronized @Nullable SimulatorResponse limited() {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnds)) {
            windowEnds = now.plus(WINDOW);
            sent = 0;
        }
        if (limit == 0 || sent++ < limit) {
            return null;
        }
        return SimulatorResponse.json(
                429,
                Map.of(
                        "x-rate-limit-limit",
                        Integer.toString(limit),
                        "x-rate-limit-remaining",
                        "0",
                        "x-rate-limit-reset",
                        Long.toString(windowEnds.getEpochSecond() + 1)),
                "{\"title\":\"Too Many Requests\",\"detail\":\"Too Many Requests\",\"type\":\"about:blank\",\"status\":429}");
    }

    private SimulatorResponse message(String[] path, JsonNode body) {
        String to = path[path.length - 2];
        String text = body.path("text").asText("");
        String attached = body.at("/attachments/0/media_id").asText("");
        if ((text.isEmpty() && attached.isEmpty()) || text.codePointCount(0, text.length()) > 10_000) {
            return problem(400, "Invalid Request", "One or more parameters to your request was invalid.");
        }
        if (!attached.isEmpty() && !media.containsKey(attached)) {
            return problem(400, "Invalid Request", "media_id is not valid");
        }
        if (closed.contains(to)) {
            return problem(403, "Forbidden", "You cannot send messages to this user.");
        }
        SimulatorResponse limited = limited();
        if (limited != null) {
            return limited;
        }
        String id = sent(activity.direct("dm.sent", OWN, to, text, null), "/payload/direct_message_events/0/id");
        deliver(new Delivered(activity.name(to), id, shown(text, attached)));
        return SimulatorResponse.json(
                201, "{\"data\":{\"dm_conversation_id\":\"" + OWN + "-" + to + "\",\"dm_event_id\":\"" + id + "\"}}");
    }

    private SimulatorResponse tweet(JsonNode body) {
        String text = body.path("text").asText("");
        String attached = body.at("/media/media_ids/0").asText("");
        Optional<ObjectNode> answered =
                activity.posts().find(body.at("/reply/in_reply_to_tweet_id").asText());
        if (PostLength.of(text) > PostLength.MOST) {
            return problem(
                    403,
                    "Forbidden",
                    "Your Tweet text is too long. For more information on how Twitter determines text length see https://github.com/twitter/twitter-text.");
        }
        if ((text.isEmpty() && attached.isEmpty()) || (!attached.isEmpty() && !media.containsKey(attached))) {
            return problem(400, "Invalid Request", "One or more parameters to your request was invalid.");
        }
        if (answered.isEmpty()) {
            return problem(
                    403, "Forbidden", "You attempted to reply to a Tweet that is deleted or not visible to you.");
        }
        String id = sent(activity.answer(answered.get(), text), "/payload/id");
        String author = answered.get().path("author_id").asText();
        deliver(new Delivered(activity.name(author), id, shown(text, attached)));
        return SimulatorResponse.json(
                201,
                json.createObjectNode()
                        .set("data", json.createObjectNode().put("id", id).put("text", text)));
    }

    private static String shown(String text, String attached) {
        return attached.isEmpty() ? text : ("[image] " + text).strip();
    }

    private SimulatorResponse upload(SimulatorRequest request) {
        Map<String, MultipartReader.Field> form = MultipartReader.read(request.header("Content-Type"), request.body());
        MultipartReader.Field bytes = form.get("media");
        MultipartReader.Field category = form.get("media_category");
        if (bytes == null || category == null || !category.text().matches("dm_image|tweet_image")) {
            return problem(400, "Invalid Request", "media and media_category are required");
        }
        String id = activity.next();
        media.put(id, bytes.content());
        return SimulatorResponse.json(200, "{\"data\":{\"id\":\"" + id + "\",\"media_key\":\"3_" + id + "\"}}");
    }

    private SimulatorResponse picture(String place) {
        byte[] bytes = media.get(place);
        return bytes == null
                ? problem(404, "Not Found", "Not Found")
                : new SimulatorResponse(200, "image/jpeg", Map.of(), bytes);
    }

    static SimulatorResponse problem(int status, String title, String detail) {
        ObjectNode problem =
                new ObjectMapper().createObjectNode().put("title", title).put("detail", detail);
        return SimulatorResponse.json(status, problem.put("type", "about:blank").put("status", status));
    }
}
