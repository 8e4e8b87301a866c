// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The methods of the Bot API. Thread-safe. */
final class BotMethods {
    /** What a bot gets only when it names it. */
    private static final Set<String> OPTIONAL = Set.of("chat_member", "message_reaction", "message_reaction_count");

    private final UpdateQueue updates;
    private final BotFiles files;
    private final SendMethods sending;
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final Map<String, String> guests = new ConcurrentHashMap<>();
    private final List<String> answered = new CopyOnWriteArrayList<>();
    private volatile String webhook = "";
    private volatile Optional<String> secret = Optional.empty();
    private volatile Set<String> allowed = Set.of();
    private volatile String lastError = "";
    private volatile long lastErrorAt;

    BotMethods(UpdateQueue updates, BotFiles files, SendMethods sending) {
        this.updates = updates;
        this.files = files;
        this.sending = sending;
    }

    JsonNode call(String method, BotParameters form) throws BotApiError {
        String name = method.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "getme" -> SendMethods.bot();
            case "getupdates" -> getUpdates(form);
            case "setwebhook" -> setWebhook(form);
            case "deletewebhook" -> deleteWebhook(form);
            case "getwebhookinfo" -> webhookInfo();
            case "getfile" -> files.describe(form.text("file_id"));
            case "answercallbackquery" -> answerQuery(form.text("callback_query_id"));
            case "answerguestquery" -> answerGuest(form);
            case "sendchataction" -> BooleanNode.TRUE;
            default -> {
                if (!name.startsWith("send")) {
                    throw new BotApiError(404, "Not Found: method not found");
                }
                yield sending.send(name.substring("send".length()), form);
            }
        };
    }

    /** The webhook is set as the bot's owner does it. */
    void webhook(String url, String token) {
        webhook = url;
        secret = Optional.of(token);
    }

    String webhook() {
        return webhook;
    }

    /** The webhook did not take an update. */
    void failed(int status) {
        lastError = status == 0 ? "Connection refused" : "Wrong response from the webhook: " + status;
        lastErrorAt = Instant.now().getEpochSecond();
    }

    private ObjectNode webhookInfo() {
        ObjectNode info = BotParameters.JSON
                .createObjectNode()
                .put("url", webhook)
                .put("has_custom_certificate", false)
                .put("pending_update_count", updates.size());
        if (!webhook.isEmpty() && lastErrorAt > 0) {
            info.put("last_error_date", lastErrorAt).put("last_error_message", lastError);
        }
        return info;
    }

    /** The press of a button: whoever presses waits for an answer. */
    String newQuery() {
        String id = "43" + (100_000 + queries.size());
        queries.add(id);
        return id;
    }

    /** A guest asks; the question takes one answer. */
    String newGuestQuery(String customer) {
        String id = "77" + (100_000 + guests.size());
        guests.put(id, customer);
        return id;
    }

    private JsonNode answerGuest(BotParameters form) throws BotApiError {
        String customer = guests.getOrDefault(form.text("guest_query_id"), "");
        if (customer.isEmpty()) {
            throw new BotApiError(
                    400, "Bad Request: query is too old and response timeout expired or query ID is invalid");
        }
        JsonNode sent = sending.answerGuest(customer, form);
        guests.put(form.text("guest_query_id"), "");
        return sent;
    }

    List<String> answered() {
        return List.copyOf(answered);
    }

    /** What a webhook carries: none when the bot set one without. */
    Optional<String> secret(String usual) {
        return webhook.isEmpty() ? Optional.of(usual) : secret;
    }

    private JsonNode getUpdates(BotParameters form) throws BotApiError {
        if (!webhook.isEmpty()) {
            throw new BotApiError(
                    409,
                    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
                            + "webhook first");
        }
        allow(form);
        int limit = form.has("limit") ? (int) Math.max(1, Math.min(100, form.number("limit"))) : 100;
        Duration timeout = Duration.ofSeconds(Math.max(0, Math.min(50, form.number("timeout"))));
        List<ObjectNode> taken;
        try {
            taken = updates.take(form.number("offset"), limit, timeout, this::wanted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BotApiError(500, "Internal Server Error");
        }
        if (taken == null) {
            throw new BotApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot "
                            + "instance is running");
        }
        ArrayNode array = BotParameters.JSON.createArrayNode();
        taken.forEach(array::add);
        return array;
    }

    private JsonNode setWebhook(BotParameters form) throws BotApiError {
        String url = form.text("url");
        String token = form.text("secret_token");
        if (!token.matches("[A-Za-z0-9_-]{0,256}")) {
            throw new BotApiError(400, "Bad Request: secret token contains unallowed characters");
        }
        // a real server takes https only; this one stands on the same machine as the bot
        if (!url.isEmpty() && !url.matches("https?://.+")) {
            throw new BotApiError(400, "Bad Request: invalid webhook URL specified");
        }
        allow(form);
        webhook = url;
        secret = token.isEmpty() ? Optional.empty() : Optional.of(token);
        lastErrorAt = 0;
        return BooleanNode.TRUE;
    }

    private JsonNode deleteWebhook(BotParameters form) {
        webhook = "";
        if (form.text("drop_pending_updates").equals("true")) {
            updates.clear();
        }
        return BooleanNode.TRUE;
    }

    private JsonNode answerQuery(String id) throws BotApiError {
        if (!queries.remove(id)) {
            throw new BotApiError(
                    400, "Bad Request: query is too old and response timeout expired or query ID is invalid");
        }
        answered.add(id);
        return BooleanNode.TRUE;
    }

    /** The list stays until another one is given. */
    private void allow(BotParameters form) {
        if (form.structure("allowed_updates").isArray()) {
            Set<String> names = new HashSet<>();
            form.structure("allowed_updates").forEach(name -> names.add(name.asText()));
            allowed = names;
        }
    }

    private boolean wanted(ObjectNode update) {
        for (Iterator<String> names = update.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals("update_id")) {
                return allowed.isEmpty() ? !OPTIONAL.contains(name) : allowed.contains(name);
            }
        }
        return false;
    }
}
