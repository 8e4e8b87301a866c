// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.linkedin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.linkedin.Comments.Comment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * LinkedIn on this machine, with one post of one page: people comment, the page is notified, signed, and answers. It asks
 * for the callback by a challenge, lists notifications, gives comments and access tokens, and checks versions, tokens,
 * actors and lengths. A customer is any word, which ends the URN of a person. Thread-safe.
 */
public final class LinkedInSimulator extends HttpSimulator {
    private static final String CLIENT_ID = "78simulated";
    private static final String CLIENT_SECRET = "simulated-linkedin-client-secret";
    private static final String ACCESS_TOKEN = "simulated-linkedin-access-token";
    private static final String REFRESH_TOKEN = "simulated-linkedin-refresh-token";
    private static final String PERSON = "urn:li:person:";
    private static final Pattern ANSWERED =
            Pattern.compile("/rest/socialActions/(urn:li:[^/]+)/comments(?:/([0-9]+))?");
    private static final Pattern COMMENT = Pattern.compile("urn:li:comment:\\((urn:li:activity:[0-9]+),([0-9]+)\\)");
    private static final int LONGEST = 1250;

    private final ObjectMapper json = new ObjectMapper();
    private final Subscriptions subscriptions = new Subscriptions();
    private final Comments comments = new Comments();
    private final Map<String, Boolean> tokens = new ConcurrentHashMap<>(Map.of(ACCESS_TOKEN, true));
    private final Map<String, String> lasts = new ConcurrentHashMap<>();
    private final AtomicInteger refreshed = new AtomicInteger();
    private volatile boolean bare;
    private volatile @Nullable URI echoTo;

    /** On a port; 0 for any free one. */
    public LinkedInSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public LinkedInSimulator(int port, Clock clock) {
        super(port, clock);
        start();
    }

    @Override
    public String kind() {
        return "linkedin";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "organizationId",
                Comments.ORGANIZATION.replaceAll("\\D", ""),
                "clientSecret",
                CLIENT_SECRET,
                "accessToken",
                ACCESS_TOKEN,
                "baseUrl",
                baseUrl().toString());
    }

    /** What stands in the place of {@code accessToken} where tokens are fetched. */
    public Map<String, String> refreshSettings() {
        return Map.of(
                "clientId", CLIENT_ID, "refreshToken", REFRESH_TOKEN, "tokenUrl", baseUrl() + "/oauth/v2/accessToken");
    }

    /** From now on notifications only point at comments. */
    public void onlyPoints() {
        bare = true;
    }

    /** All access tokens that were given end now. */
    public void tokensEnd() {
        tokens.clear();
    }

    /** How many access tokens were fetched. */
    public int refreshed() {
        return refreshed.get();
    }

    /** Asks for the callback as LinkedIn does when it is entered; why it is not taken, empty when it is. */
    public Optional<String> validates(URI callback) {
        String code = new UUID(7, ids().next()).toString();
        HttpRequest request = HttpRequest.newBuilder(URI.create(callback + "?challengeCode=" + code))
                .timeout(Duration.ofSeconds(3))
                .build();
        Answer answer = ask(request);
        String right = HmacSigner.hex("HmacSHA256", HmacSigner.utf8(CLIENT_SECRET), HmacSigner.utf8(code));
        try {
            JsonNode body = json.readTree(answer.body());
            boolean valid = answer.status() == 200
                    && answer.contentType().startsWith("application/json")
                    && body.path("challengeCode").asText().equals(code)
                    && body.path("challengeResponse").asText().equals(right);
            return valid ? Optional.empty() : Optional.of("the answer " + answer.status() + " proves nothing");
        } catch (IOException e) {
            return Optional.of("the answer is no JSON");
        }
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-li-signature");
    }

    @Override
    public int brings(URI callback, byte[] body) {
        String signature =
                HmacSigner.hex("HmacSHA256", HmacSigner.utf8(CLIENT_SECRET), HmacSigner.utf8("hmacsha256="), body);
        return post(callback, "application/json", body, Map.of("X-LI-Signature", signature));
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        return brings(callback, webhook(comments(customer, text, null)));
    }

    /** A customer writes below a comment; returns the id of what they wrote. */
    public String customerReplies(URI callback, String customer, String text, String parent) {
        ObjectNode notification = comments(customer, text, parent);
        brings(callback, webhook(notification));
        return id(notification);
    }

    /** A customer writes, and no webhook is posted: it is in the list alone. Returns its id. */
    public String listed(String customer, String text) {
        return id(comments(customer, text, null));
    }

    /** The id of somebody's last comment; empty for none. */
    public Optional<String> lastOf(String customer) {
        return Optional.ofNullable(lasts.get(customer));
    }

    private static String id(ObjectNode notification) {
        Matcher urn = COMMENT.matcher(notification.path("generatedActivity").asText());
        return urn.matches() ? urn.group(2) : "";
    }

    /** The page comments on LinkedIn itself, below a customer's comment; returns the id of it. */
    public String pageReplies(URI callback, String text, String parent) {
        ObjectNode notification = pageComments(text, parent);
        brings(callback, webhook(notification));
        return id(notification);
    }

    /** From now on the page is notified of what it writes by the API too, before the API answers. */
    public void echoTo(URI callback) {
        echoTo = callback;
    }

    private ObjectNode pageComments(String text, @Nullable String parent) {
        String id = String.valueOf(ids().next());
        Comment comment = new Comment(id, Comments.ORGANIZATION, text, parent, System.currentTimeMillis());
        comments.add(comment);
        return notification("ADMIN_COMMENT", comment);
    }

    /** A customer changes a comment. */
    public int customerEdits(URI callback, String id, String text) {
        Comment before = comments.find(id).orElseThrow();
        Comment after = new Comment(id, before.actor(), text, before.parent(), System.currentTimeMillis());
        comments.add(after);
        return brings(callback, webhook(notification("COMMENT_EDIT", after)));
    }

    /** A customer deletes a comment. */
    public int customerDeletes(URI callback, String id) {
        Comment gone = comments.find(id).orElseThrow();
        comments.remove(id);
        return brings(callback, webhook(notification("COMMENT_DELETE", gone)));
    }

    private ObjectNode comments(String customer, String text, @Nullable String parent) {
        String id = String.valueOf(ids().next());
        Comment comment = new Comment(id, PERSON + customer, text, parent, System.currentTimeMillis());
        comments.add(comment);
        lasts.put(customer, id);
        return notification("COMMENT", comment);
    }

    private ObjectNode notification(String action, Comment comment) {
        ObjectNode one = json.createObjectNode()
                .put("notificationId", ids().next())
                .put("organizationalEntity", Comments.ORGANIZATION)
                .put("action", action)
                .put("sourcePost", Comments.POST)
                .put("generatedActivity", comment.urn())
                .put("lastModifiedAt", comment.at())
                .put("subscriber", PERSON + "Admin");
        comments.notified(one.deepCopy());
        if (!bare && !action.equals("COMMENT_DELETE")) {
            one.putObject("decoratedGeneratedActivity").set("comment", comment.decorated());
        }
        return one;
    }

    private byte[] webhook(ObjectNode notification) {
        ObjectNode body = json.createObjectNode().put("type", "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS");
        body.putArray("notifications").add(notification);
        return HmacSigner.utf8(body.toString());
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        if (request.path().equals("/oauth/v2/accessToken")) {
            return token(UrlEncoded.read(request.text()));
        }
        String given = request.header("Authorization").replaceFirst("^Bearer ", "");
        if (!tokens.containsKey(given)) {
            return error(401, "REVOKED_ACCESS_TOKEN", "The token has been revoked or has expired");
        }
        if (!request.header("LinkedIn-Version").matches("20\\d{4}")
                || !request.header("X-Restli-Protocol-Version").equals("2.0.0")) {
            return error(426, "NONEXISTENT_VERSION", "Requested version is not active");
        }
        if (request.path().equals("/rest/organizationalEntityNotifications")) {
            return list(UrlEncoded.read(request.uri().getRawQuery()));
        }
        if (request.path().startsWith("/rest/eventSubscriptions/")) {
            return subscriptions.handle(request);
        }
        Matcher answered = ANSWERED.matcher(request.path());
        if (!answered.matches()) {
            return error(404, "RESOURCE_NOT_FOUND", "No such resource");
        }
        String id = answered.group(2);
        if (id != null) {
            return comments.find(id)
                    .map(comment -> SimulatorResponse.json(200, comment.json()))
                    .orElseGet(() -> error(404, "NOT_FOUND", "No such comment"));
        }
        return request.method().equals("POST")
                ? create(answered.group(1), json.readTree(request.body()))
                : error(405, "METHOD_NOT_ALLOWED", "Only POST");
    }

    private SimulatorResponse token(UrlEncoded form) {
        boolean right = form.get("grant_type").equals("refresh_token")
                && form.get("refresh_token").equals(REFRESH_TOKEN)
                && form.get("client_id").equals(CLIENT_ID)
                && form.get("client_secret").equals(CLIENT_SECRET);
        if (!right) {
            return SimulatorResponse.json(
                    400, "{\"error\":\"invalid_request\",\"error_description\":\"The provided token is invalid\"}");
        }
        String token = ACCESS_TOKEN + "-" + refreshed.incrementAndGet();
        tokens.put(token, true);
        ObjectNode answer = json.createObjectNode().put("access_token", token).put("expires_in", 5_184_000);
        answer.put("refresh_token", REFRESH_TOKEN).put("refresh_token_expires_in", 31_000_000);
        return SimulatorResponse.json(200, answer);
    }

    private SimulatorResponse list(UrlEncoded query) {
        boolean right = query.get("q").equals("criteria")
                && query.get("organizationalEntity").equals(Comments.ORGANIZATION)
                && query.get("actions").matches("List\\([A-Z_,]+\\)")
                && query.get("start").matches("\\d{1,6}")
                && query.get("count").matches("\\d{1,3}");
        return right
                ? SimulatorResponse.json(
                        200, comments.page(Integer.parseInt(query.get("start")), Integer.parseInt(query.get("count"))))
                : error(400, "ILLEGAL_ARGUMENT", "Invalid query parameters");
    }

    private SimulatorResponse create(String target, JsonNode comment) {
        Matcher above = COMMENT.matcher(target);
        String root = above.matches() ? above.group(2) : null;
        String text = comment.at("/message/text").asText("");
        if (!comment.path("actor").asText("").equals(Comments.ORGANIZATION)) {
            return error(403, "ACCESS_DENIED", "The member has no role in this organization");
        }
        if (!comment.path("object").asText("").equals(Comments.POST)
                || text.isBlank()
                || text.length() > LONGEST
                || (root != null && !comment.path("parentComment").asText("").equals(target))) {
            return error(422, "INVALID_VALUE", "The comment is not valid");
        }
        Optional<Comment> answered = root == null ? Optional.empty() : comments.find(root);
        if (root != null && answered.isEmpty()) {
            return error(404, "NOT_FOUND", "No such comment");
        }
        ObjectNode notification = pageComments(text, root);
        String id = id(notification);
        URI callback = echoTo;
        if (callback != null) {
            brings(callback, webhook(notification));
        }
        String person = answered.map(Comment::actor).orElse(PERSON).substring(PERSON.length());
        deliver(new Delivered(person, Comments.urn(id), "[public] " + text));
        return SimulatorResponse.json(
                201,
                Map.of("x-restli-id", id),
                json.createObjectNode().put("id", id).put("commentUrn", Comments.urn(id)));
    }

    private SimulatorResponse error(int status, String code, String message) {
        return SimulatorResponse.json(
                status,
                json.createObjectNode().put("status", status).put("code", code).put("message", message));
    }
}
