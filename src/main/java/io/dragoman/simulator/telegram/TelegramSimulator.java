// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.telegram.Chats.Chat;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Bot API server with one bot. What a customer does is posted to the callback, with the secret token, as Telegram
 * does; with {@link #QUEUE} for a callback it waits for {@code getUpdates} instead. Thread-safe.
 */
public final class TelegramSimulator extends HttpSimulator {
    /** In place of a callback: for a bot that polls. */
    public static final URI QUEUE = URI.create("telegram:updates");

    private static final String TOKEN = "7000000000:AAF-simulated_bot_token";
    private static final String SECRET = "simulated_secret-token";

    private final Chats chats = new Chats(ids());
    private final BotFiles files = new BotFiles(ids());
    private final UpdateQueue updates = new UpdateQueue();
    private final AtomicLong updateIds = new AtomicLong(ids().first());
    private final SendMethods sending = new SendMethods(chats, this::deliver);
    private final BotMethods methods = new BotMethods(updates, files, sending);

    public TelegramSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public TelegramSimulator(int port, Clock clock) {
        super(port, clock);
        start();
    }

    @Override
    public String kind() {
        return "telegram";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "token", TOKEN, "secretToken", SECRET, "baseUrl", baseUrl().toString());
    }

    /** The bot's owner calls {@code setWebhook}, or with {@code null} {@code deleteWebhook}. */
    public void webhook(@Nullable URI callback) {
        methods.webhook(callback == null ? "" : callback.toString(), SECRET);
    }

    /** An update of any shape waits for {@code getUpdates}. */
    public void queues(ObjectNode update) {
        updates.add(update);
    }

    /** Telegram tries the updates that the webhook did not take again, in order. Returns how many still wait. */
    public int redelivers() {
        for (ObjectNode update : updates.all()) {
            int status = post(URI.create(methods.webhook()), update);
            if (status / 100 != 2) {
                methods.failed(status);
                break;
            }
            updates.remove(update);
        }
        return updates.size();
    }

    /** Sets the language of a customer's app, {@code en} until then. */
    public void speaks(String customer, String language) {
        chats.person(customer).speaks(language);
    }

    @Override
    public Optional<Proof> proof() {
        return Optional.of(new Proof(List.of("x-telegram-bot-api-secret-token"), false));
    }

    @Override
    public int brings(URI callback, byte[] body) {
        return post(callback, body);
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        return writes(callback, customer, message -> message.put("text", text));
    }

    /** A customer answers our last message. */
    public int customerReplies(URI callback, String customer, String text) {
        long last = chats.person(customer).lastOut();
        return writes(callback, customer, message -> {
            message.put("text", text);
            message.putObject("reply_to_message")
                    .put("message_id", last)
                    .put("date", Instant.now().getEpochSecond())
                    .set("chat", chats.person(customer).json());
        });
    }

    /** A customer sends a photo, which can be downloaded; an empty caption is none. */
    public int customerSendsPhoto(URI callback, String customer, byte[] jpeg, String caption) {
        return writes(callback, customer, message -> files.photo(message, jpeg, caption));
    }

    /** A customer sends several photos at once: as many updates. Returns the last status. */
    public int customerSendsAlbum(URI callback, String customer, List<byte[]> jpegs, String caption) {
        String album = "album-" + updateIds.get();
        int status = 0;
        for (int i = 0; i < jpegs.size(); i++) {
            byte[] jpeg = jpegs.get(i);
            String text = i == 0 ? caption : "";
            status = writes(callback, customer, message -> {
                message.put("media_group_id", album);
                files.photo(message, jpeg, text);
            });
        }
        return status;
    }

    /** A customer sends a file. */
    public int customerSendsFile(URI callback, String customer, byte[] bytes, String mimeType, String fileName) {
        return document(callback, customer, files.keep(bytes), bytes.length, mimeType, fileName);
    }

    /** Keeps a file that can be downloaded, for an update of the caller's; gives its id. */
    public String keepsFile(byte[] bytes) {
        return files.keep(bytes);
    }

    /** A customer sends a file of so many bytes, which nobody will ask for: bots get none above 20 MB. */
    public int customerSendsLargeFile(URI callback, String customer, long size, String mimeType, String fileName) {
        return document(callback, customer, files.keep(new byte[0]), size, mimeType, fileName);
    }

    private int document(URI callback, String customer, String id, long size, String mimeType, String name) {
        return writes(callback, customer, message -> BotFiles.document(message, id, size, mimeType, name));
    }

    /** A member of a group writes there. */
    public int customerWritesInGroup(URI callback, String group, String customer, String text) {
        ObjectNode message = chats.group(group).add(chats.person(customer).user(), true);
        return tell(callback, "message", message.put("text", text));
    }

    /** A person writes to a channel, in their topic of its direct messages. */
    public int customerWritesToChannel(URI callback, String channel, String customer, String text) {
        Chat person = chats.person(customer);
        ObjectNode message = chats.direct(channel).add(person.user(), true);
        topic(message, person);
        return tell(callback, "message", message.put("text", text));
    }

    static void topic(ObjectNode message, Chat person) {
        message.putObject("direct_messages_topic").put("topic_id", person.id()).set("user", person.user());
    }

    /** Somebody calls the bot into a group that it is no member of. */
    public int customerAsksAsGuest(URI callback, String group, String customer, String text) {
        ObjectNode message = chats.group(group).add(chats.person(customer).user(), true);
        message.put("guest_query_id", methods.newGuestQuery(customer));
        return tell(callback, "guest_message", message.put("text", text));
    }

    /** A customer changes what they wrote last. */
    public int customerEdits(URI callback, String customer, String text) {
        Chat chat = chats.person(customer);
        ObjectNode message = chat.message(chat.lastIn()).orElseThrow();
        message.put("edit_date", Instant.now().getEpochSecond()).put("text", text);
        return tell(callback, "edited_message", message);
    }

    /** A customer reacts to our last message; an empty emoji takes the reaction back. */
    public int customerReacts(URI callback, String customer, String emoji) {
        Chat chat = chats.person(customer);
        ObjectNode reaction = BotParameters.JSON.createObjectNode();
        reaction.set("chat", chat.json());
        reaction.put("message_id", chat.lastOut()).put("date", Instant.now().getEpochSecond());
        reaction.set("user", chat.user());
        reaction.putArray("old_reaction");
        if (emoji.isEmpty()) {
            reaction.withArray("old_reaction").addObject().put("type", "emoji").put("emoji", "👍");
            reaction.putArray("new_reaction");
        } else {
            reaction.putArray("new_reaction").addObject().put("type", "emoji").put("emoji", emoji);
        }
        return tell(callback, "message_reaction", reaction);
    }

    /** A customer presses a button under our last message; one must be there. */
    public int customerPresses(URI callback, String customer, String title) {
        Chat chat = chats.person(customer);
        ObjectNode message = chat.message(chat.lastOut()).orElseThrow();
        String data = "";
        for (JsonNode row : message.path("reply_markup").path("inline_keyboard")) {
            for (JsonNode button : row) {
                data = button.path("text").asText().equals(title)
                        ? button.path("callback_data").asText()
                        : data;
            }
        }
        if (data.isEmpty()) {
            throw new IllegalStateException("our last message has no such button");
        }
        ObjectNode query = BotParameters.JSON.createObjectNode().put("id", methods.newQuery());
        query.set("from", chat.user());
        query.set("message", message);
        return tell(callback, "callback_query", query.put("chat_instance", "1").put("data", data));
    }

    /** A customer blocks the bot, until they write again. */
    public int customerBlocks(URI callback, String customer) {
        Chat chat = chats.person(customer);
        chat.block(true);
        return tell(callback, "my_chat_member", member(chat, "member", "kicked"));
    }

    private static ObjectNode member(Chat chat, String before, String after) {
        ObjectNode change = BotParameters.JSON.createObjectNode();
        change.set("chat", chat.json());
        change.set("from", chat.user());
        change.put("date", Instant.now().getEpochSecond());
        change.putObject("old_chat_member").put("status", before).set("user", SendMethods.bot());
        change.putObject("new_chat_member").put("status", after).set("user", SendMethods.bot());
        return change;
    }

    /** The id of a customer's chat; who is named here first is on Telegram, but never wrote to the bot. */
    public long chatOf(String customer) {
        return chats.person(customer).id();
    }

    /** A group is upgraded: its old id answers where it went. Returns the old id. */
    public long groupMoves(String group) {
        Chat chat = chats.group(group);
        long before = chat.id();
        chat.move();
        return before;
    }

    /** A group is upgraded and says so, under its old id and under its new one. */
    public int groupMoves(URI callback, String group) {
        Chat chat = chats.group(group);
        ObjectNode left = chat.add(SendMethods.bot(), false);
        long before = groupMoves(group);
        ObjectNode come = chat.add(SendMethods.bot(), false);
        tell(callback, "message", left.put("migrate_to_chat_id", chat.id()));
        return tell(callback, "message", come.put("migrate_from_chat_id", before));
    }

    /** The next request is one too many. */
    public void throttleNext(int seconds) {
        answerNext(
                429,
                Map.of("Retry-After", Integer.toString(seconds)),
                "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after " + seconds
                        + "\",\"parameters\":{\"retry_after\":" + seconds + "}}");
    }

    /** The bytes that we uploaded with a message, by its id in {@link #delivered()}. */
    public Optional<byte[]> uploaded(String id) {
        return sending.upload(id);
    }

    /** The presses of buttons that were answered, by the query's id. */
    public List<String> answeredPresses() {
        return methods.answered();
    }

    /** How many updates nobody has acknowledged. */
    public int waiting() {
        return updates.size();
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        String path = request.path();
        String downloads = "/file/bot" + TOKEN + "/";
        if (path.startsWith(downloads)) {
            return files.at(path.substring(downloads.length()))
                    .map(bytes -> new SimulatorResponse(200, "application/octet-stream", Map.of(), bytes))
                    .orElse(SimulatorResponse.json(404, new BotApiError(404, "Not Found").json()));
        }
        try {
            if (!path.startsWith("/bot" + TOKEN + "/")) {
                boolean token = path.matches("/(file/)?bot\\d+:[A-Za-z0-9_-]+/.*");
                throw token ? new BotApiError(401, "Unauthorized") : new BotApiError(404, "Not Found");
            }
            String method = path.substring(("/bot" + TOKEN + "/").length());
            BotParameters form = BotParameters.of(
                    request.header("Content-Type"), request.uri().getRawQuery(), request.body());
            ObjectNode answer = BotParameters.JSON.createObjectNode().put("ok", true);
            answer.set("result", methods.call(method, form));
            return SimulatorResponse.json(200, answer.toString());
        } catch (BotApiError e) {
            return SimulatorResponse.json(e.status(), e.json());
        }
    }

    private int writes(URI callback, String customer, Consumer<ObjectNode> content) {
        Chat chat = chats.person(customer);
        if (chat.blocked()) { // who writes has unblocked the bot before
            tell(callback, "my_chat_member", member(chat, "kicked", "member"));
        }
        ObjectNode message = chat.add(chat.user(), true);
        content.accept(message);
        return tell(callback, "message", message);
    }

    private int tell(URI callback, String kind, ObjectNode content) {
        ObjectNode update = BotParameters.JSON.createObjectNode().put("update_id", updateIds.incrementAndGet());
        update.set(kind, content.deepCopy());
        if (callback.equals(QUEUE)) {
            updates.add(update);
            return 200;
        }
        int status = post(callback, update);
        if (status / 100 != 2) {
            updates.add(update);
            methods.failed(status);
        }
        return status;
    }

    private int post(URI callback, ObjectNode update) {
        return post(callback, update.toString().getBytes(StandardCharsets.UTF_8));
    }

    private int post(URI callback, byte[] update) {
        Map<String, String> proof = methods.secret(SECRET)
                .map(secret -> Map.of("X-Telegram-Bot-Api-Secret-Token", secret))
                .orElse(Map.of());
        return post(callback, "application/json", update, proof);
    }
}
