// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.MultipartReader;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Conversations of one page or professional account, as Meta's Messenger Platform has them: takes messages with the same
 * checks and errors, lists them, and posts signed webhooks. A customer is any word, which is their scoped id.
 */
public abstract class MessagingSimulator extends MetaSimulator {
    public static final String APP_ID = "271828182845";

    private final String object;
    private final String account;
    private final int longestText;
    private final ListedMessages listed = new ListedMessages();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Set<String> uploads = ConcurrentHashMap.newKeySet();
    private final Set<String> closedWindows = ConcurrentHashMap.newKeySet();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    /** Who sees that the business is writing, until its message. */
    private final Set<String> typing = ConcurrentHashMap.newKeySet();
    /** Who wrote what is public, by its id. */
    private final Map<String, String> authors = new ConcurrentHashMap<>();

    /** Whose conversations another app has. */
    private final Set<String> elsewhere = ConcurrentHashMap.newKeySet();

    private final Set<String> answeredPrivately = ConcurrentHashMap.newKeySet();
    private final Notifications notifications = new Notifications();
    private final Queue<JsonNode> bodies = new ConcurrentLinkedQueue<>();
    private volatile String subscribed = "";
    private volatile @Nullable URI echoTo;
    private volatile boolean loseNext;

    /**
     * @param object Meta's word for its kind, such as {@code page}
     * @param account its id
     */
    protected MessagingSimulator(int port, Clock clock, String object, String account, int longestText) {
        super(port, clock);
        this.object = object;
        this.account = account;
        this.longestText = longestText;
    }

    /** From now on every message that it takes comes back as an echo. */
    public void echoTo(URI callback) {
        echoTo = callback;
    }

    /** Another app of the page has a customer's conversation. */
    public void anotherAppHas(String customer) {
        elsewhere.add(customer);
    }

    /** The next message is taken, but its answer lost. */
    public void loseNextAnswer() {
        loseNext = true;
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        return writes(callback, customer, message -> message.put("text", text));
    }

    /** A customer sends a message with any content. */
    public int writes(URI callback, String customer, Consumer<ObjectNode> content) {
        closedWindows.remove(customer);
        String mid = newId();
        ObjectNode element = element(customer);
        ObjectNode message = element.putObject("message").put("mid", mid);
        content.accept(message);
        listed.add(customer, customer, mid, message.path("text").asText(), Instant.now());
        return tellElement(callback, element);
    }

    /** A customer sends a file, which can be fetched by its address. */
    public int customerSends(URI callback, String customer, String type, byte[] bytes) {
        String id = Long.toString(ids().next());
        files.put(id, bytes);
        return writes(callback, customer, message -> message.putArray("attachments")
                .addObject()
                .put("type", type)
                .putObject("payload")
                .put("url", baseUrl() + "/file/" + id));
    }

    /** Something happened that is no message, such as {@code reaction}. */
    public int happens(URI callback, String customer, String what, ObjectNode content) {
        ObjectNode element = element(customer);
        element.set(what, content);
        return tellElement(callback, element);
    }

    /**
     * A customer agrees to notifications.
     *
     * @return their token
     */
    public String optsIn(URI callback, String customer, String title) {
        String token = Long.toString(ids().next());
        notifications.optIn(token, customer);
        happens(callback, customer, "optin", Notifications.optin(token, title));
        return token;
    }

    /** Whoever holds a token stops its notifications, or wants them again. */
    public int notifies(URI callback, String token, boolean again) {
        String customer = notifications.change(token, again);
        String status = again ? "RESUME_NOTIFICATIONS" : "STOP_NOTIFICATIONS";
        ObjectNode optin = Notifications.optin(token, "Updates").put("notification_messages_status", status);
        return happens(callback, customer, "optin", optin);
    }

    /** As if two days had passed since the last message by any token. */
    public void coolDown() {
        notifications.coolDown();
    }

    /** The business answers in the inbox of the page. */
    public int inboxAnswers(URI callback, String customer, String text) {
        String mid = newId();
        listed.add(customer, account, mid, text, Instant.now());
        return echo(callback, customer, MetaSimulator.object().put("mid", mid).put("text", text));
    }

    private int echo(URI callback, String customer, ObjectNode message) {
        ObjectNode element = MetaSimulator.object().put("timestamp", System.currentTimeMillis());
        element.putObject("sender").put("id", account);
        element.putObject("recipient").put("id", customer);
        element.set("message", message.put("is_echo", true));
        return tellElement(callback, element);
    }

    /** Somebody writes in public; {@code value} is what Meta tells of it. */
    public int writesInPublic(URI callback, String customer, String id, String field, ObjectNode value) {
        authors.put(id, customer);
        ObjectNode webhook = MetaSimulator.object().put("object", object);
        ObjectNode entry = webhook.putArray("entry").addObject();
        entry.put("id", account).put("time", System.currentTimeMillis() / 1000);
        entry.putArray("changes").addObject().put("field", field).set("value", value);
        return tell(callback, webhook);
    }

    /** As if the customer had not written for a day. */
    @Override
    public boolean closeWindow(String customer) {
        closedWindows.add(customer);
        return true;
    }

    /** The customers whose conversations were marked as seen. */
    public List<String> seen() {
        return List.copyOf(seen);
    }

    /** The customers who see that somebody is writing to them. */
    public Set<String> typing() {
        return Set.copyOf(typing);
    }

    /** The fields that the app is subscribed to. */
    public String subscribed() {
        return subscribed;
    }

    /** What was sent, as it was sent. */
    public List<JsonNode> bodies() {
        return List.copyOf(bodies);
    }

    /** Whether an access token holds. */
    protected boolean holds(String token) {
        return token.equals(ACCESS_TOKEN);
    }

    /** An id that no message had before. */
    protected abstract String newId();

    protected String account() {
        return account;
    }

    private ObjectNode element(String customer) {
        ObjectNode element = MetaSimulator.object().put("timestamp", System.currentTimeMillis());
        element.putObject("sender").put("id", customer);
        element.putObject("recipient").put("id", account);
        return element;
    }

    private int tellElement(URI callback, ObjectNode element) {
        ObjectNode webhook = MetaSimulator.object().put("object", object);
        ObjectNode entry = webhook.putArray("entry").addObject();
        entry.put("id", account).put("time", System.currentTimeMillis());
        entry.putArray("messaging").add(element);
        return tell(callback, webhook);
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws java.io.IOException {
        String[] path = request.path().split("/", -1);
        if (path.length == 3 && path[1].equals("file")) {
            byte[] file = files.get(path[2]);
            return file == null
                    ? SimulatorResponse.empty(404, Map.of())
                    : new SimulatorResponse(200, "image/jpeg", Map.of(), file);
        }
        if (!holds(request.header("Authorization").replaceFirst("^Bearer ", ""))) {
            return error(401, 190, 0, "Error validating access token: the session is invalid");
        }
        if (path.length != 4 || !path[1].matches("v\\d+\\.\\d+") || !path[2].equals(account)) {
            return other(request, path);
        }
        return switch (request.method() + " " + path[3]) {
            case "POST messages" -> message(read(request.body()));
            case "POST message_attachments" -> upload(request);
            case "POST take_thread_control" -> {
                elsewhere.remove(
                        read(request.body()).path("recipient").path("id").asText());
                yield SimulatorResponse.json(200, "{\"success\":true}");
            }
            case "GET conversations" ->
                SimulatorResponse.json(
                        200,
                        listed.list(UrlEncoded.read(request.uri().getRawQuery()).get("user_id")));
            case "POST subscribed_apps" -> {
                subscribed = read(request.body()).path("subscribed_fields").asText();
                yield SimulatorResponse.json(200, "{\"success\":true}");
            }
            case "GET subscribed_apps" -> SimulatorResponse.json(200, subscriptions());
            default -> unknownPath();
        };
    }

    /** An answer below what somebody wrote in public. */
    private SimulatorResponse other(SimulatorRequest request, String[] path) {
        String text = read(request.body()).path("message").asText();
        boolean edge = path.length == 4 && path[3].matches("comments|replies") && authors.containsKey(path[2]);
        if (!request.method().equals("POST") || !edge) {
            return unknownPath();
        }
        if (text.isEmpty()) {
            return error(400, 100, 0, "Invalid parameter: message is required");
        }
        String id = Long.toString(ids().next());
        answered(path[2], id, text);
        deliver(new Delivered(authors.getOrDefault(path[2], ""), id, "[public] " + text));
        return SimulatorResponse.json(200, MetaSimulator.object().put("id", id));
    }

    /** Something was written below something public. */
    protected void answered(String root, String id, String text) {}

    private ObjectNode subscriptions() {
        ObjectNode answer = MetaSimulator.object();
        ObjectNode app = answer.putArray("data").addObject().put("id", APP_ID);
        List.of(subscribed.split(",", -1)).forEach(app.withArray("subscribed_fields")::add);
        return answer;
    }

    private SimulatorResponse message(JsonNode body) {
        String comment = body.path("recipient").path("comment_id").asText();
        String token =
                body.path("recipient").path("notification_messages_token").asText();
        String holder = notifications.holder(token);
        String customer = holder != null
                ? holder
                : authors.getOrDefault(
                        comment, body.path("recipient").path("id").asText());
        if (body.has("sender_action")) {
            switch (body.path("sender_action").asText()) {
                case "mark_seen" -> seen.add(customer);
                case "typing_on" -> typing.add(customer);
                case "typing_off" -> typing.remove(customer);
                default -> {
                    return error(400, 100, 0, "(#100) Param sender_action is not one of the known actions");
                }
            }
            return SimulatorResponse.json(200, "{\"recipient_id\":\"" + customer + "\"}");
        }
        CheckedMessage message = new CheckedMessage(body);
        String problem = message.problem(uploads, longestText);
        if (problem != null) {
            return error(400, 100, 0, "Invalid parameter: " + problem);
        }
        if (!comment.isEmpty() && !answeredPrivately.add(comment)) {
            return error(400, 10900, 0, "Activity already replied to");
        }
        SimulatorResponse refused = token.isEmpty() ? null : notifications.refusal(token);
        if (refused != null) {
            return refused;
        }
        if (token.isEmpty() && closedWindows.contains(customer) && !message.isTemplate() && !message.isTagged()) {
            return error(400, 10, 2018278, "This message is sent outside of allowed window.");
        }
        if (elsewhere.contains(customer)) {
            return error(400, 10, 2018300, "Another app is controlling this thread now.");
        }
        bodies.add(body);
        typing.remove(customer);
        String mid = newId();
        listed.add(customer, account, mid, message.message().path("text").asText(), Instant.now());
        deliver(new Delivered(customer, mid, message.shown()));
        URI echoes = echoTo;
        if (echoes != null) {
            ObjectNode echo = message.message().deepCopy();
            echo(echoes, customer, echo.put("mid", mid).put("app_id", APP_ID));
        }
        if (loseNext) {
            loseNext = false;
            return error(500, 1, 0, "An unknown error occurred");
        }
        return SimulatorResponse.json(
                200, MetaSimulator.object().put("recipient_id", customer).put("message_id", mid));
    }

    private SimulatorResponse upload(SimulatorRequest request) {
        var fields = MultipartReader.read(request.header("Content-Type"), request.body());
        var wanted = fields.get("message");
        String type = wanted == null
                ? ""
                : read(wanted.content()).at("/attachment/type").asText();
        if (!fields.containsKey("filedata") || !CheckedMessage.kinds().contains(type)) {
            return error(400, 100, 0, "Invalid parameter: message and filedata are required");
        }
        String id = Long.toString(ids().next());
        uploads.add(id);
        return SimulatorResponse.json(200, MetaSimulator.object().put("attachment_id", id));
    }
}
