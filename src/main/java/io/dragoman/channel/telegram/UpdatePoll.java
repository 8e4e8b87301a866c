// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Request;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Long polling. Asking with an offset tells Telegram to forget every update before it, so the offset is what the last
 * committed batch said and nothing newer.
 */
final class UpdatePoll {
    /** What is asked for; everything else is not sent to us. */
    static final List<String> WANTED = List.of(
            "message",
            "edited_message",
            "channel_post",
            "edited_channel_post",
            "business_connection",
            "business_message",
            "edited_business_message",
            "deleted_business_messages",
            "guest_message",
            "callback_query",
            "message_reaction",
            "my_chat_member");

    /** The longest that Telegram waits. */
    private static final Duration LONGEST = Duration.ofSeconds(50);

    /** A webhook that comes back is noticed after so long. */
    private static final Duration LONGEST_BACKFILL = Duration.ofSeconds(10);

    /** A request on the wire cannot be called back, so each is short: stopping takes no longer. */
    private static final Duration SLICE = Duration.ofSeconds(2);

    /** How much later than Telegram we give up. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final ApiClient api;
    private final PollContext context;
    private final boolean backfilling;

    /**
     * @param backfilling whether updates usually come another way, so that a webhook is expected and not an error
     */
    UpdatePoll(ApiClient api, PollContext context, boolean backfilling) {
        this.api = api;
        this.context = context;
        this.backfilling = backfilling;
    }

    Batch take(String position) throws TransportFailure {
        Duration longest = backfilling ? LONGEST_BACKFILL : LONGEST;
        Instant end = context.clock().instant().plus(shorter(context.limit(), longest));
        while (true) {
            Duration left = Duration.between(context.clock().instant(), end);
            Duration wait = context.stopping() || left.isNegative() ? Duration.ZERO : shorter(left, SLICE);
            Batch batch = batch(ask(position, wait), position);
            // Telegram counts in whole seconds, so less than one is not worth another question
            boolean over = Duration.between(context.clock().instant(), end).toSeconds() < 1;
            if (!batch.requests().isEmpty() || over || context.stopping()) {
                return batch;
            }
        }
    }

    private JsonNode ask(String position, Duration wait) throws TransportFailure {
        BotAnswer answer = getUpdates(position, wait);
        boolean webhook = answer.status() == 409 && answer.description().contains("webhook");
        if (webhook && backfilling) {
            return MissingNode.getInstance(); // it is back: what waits comes to it
        }
        if (webhook) {
            BotAnswer deleted = api.call("deleteWebhook", ApiClient.parameters());
            answer = deleted.ok() ? getUpdates(position, wait) : deleted;
        }
        if (answer.ok() && answer.result().isArray()) {
            return answer.result();
        }
        throw failure("getUpdates", answer);
    }

    private BotAnswer getUpdates(String position, Duration wait) throws TransportFailure {
        ObjectNode parameters =
                ApiClient.parameters().put("timeout", wait.toSeconds()).put("limit", 100);
        if (position.matches("\\d{1,18}")) {
            parameters.put("offset", Long.parseLong(position));
        }
        WANTED.forEach(parameters.putArray("allowed_updates")::add);
        return api.call("getUpdates", ApiClient.json(parameters), wait.plus(GRACE));
    }

    private Batch batch(JsonNode updates, String position) {
        List<Request> requests = new ArrayList<>();
        long next = -1;
        for (JsonNode update : updates) {
            JsonNode id = update.path("update_id");
            if (id.isIntegralNumber() && id.canConvertToLong()) {
                byte[] raw = Json.write(update).getBytes(StandardCharsets.UTF_8);
                String place = "update/" + id.longValue();
                Instant now = context.clock().instant();
                requests.add(backfilling ? Request.backfilled(place, raw, now) : Request.polled(place, raw, now));
                next = Math.max(next, id.longValue() + 1);
            }
        }
        return new Batch(requests, next < 0 ? position : Long.toString(next));
    }

    /** Nothing is lost by a failed question; the reason decides how soon the next one makes sense. */
    static TransportFailure failure(String method, BotAnswer answer) {
        String detail = "telegram answered " + method + " with " + answer.status();
        return switch (answer.status()) {
            case 401, 404 ->
                TransportFailure.notSent(
                        Reason.AUTHENTICATION_FAILED, detail + ": the token is not valid; set the one from @BotFather");
            case 409 ->
                TransportFailure.notSent(
                        Reason.PROVIDER_DOWN,
                        detail + ": somebody else polls with the same token; stop one of the two");
            case 429 ->
                TransportFailure.notSent(
                        Reason.THROTTLED,
                        detail
                                + (answer.retryAfter() == null
                                        ? ""
                                        : ": wait " + answer.retryAfter().toSeconds() + " s"));
            default -> TransportFailure.notSent(Reason.PROVIDER_DOWN, detail);
        };
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
