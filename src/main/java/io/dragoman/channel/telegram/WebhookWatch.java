// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.Backfill;
import io.dragoman.model.Json;
import io.dragoman.model.UnicodeText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a bot's webhook is there and works. Telegram itself tries again for 24 hours what the webhook did not
 * take; while there is no webhook at all, what waits is taken by {@code getUpdates}, which is allowed only then.
 */
final class WebhookWatch {
    /** So many updates that wait are a sign that ours do not get through. */
    private static final long MANY = 100;

    /** Errors older than this were reported at an earlier check. */
    private static final Duration LATELY = Duration.ofMinutes(5);

    private static final int LONGEST_ERROR = 120;

    private final Account account;
    private final ApiClient api;
    private final PollContext context;

    WebhookWatch(Account account, ApiClient api, PollContext context) {
        this.account = account;
        this.api = api;
        this.context = context;
    }

    Batch poll(String position) throws TransportFailure {
        Position known = Position.read(position);
        Instant checked = known.checked();
        Duration wait = checked == null ? Duration.ZERO : Backfill.wait(account, context, checked);
        if (!wait.isZero()) {
            context.rest(wait);
            return new Batch(List.of(), position, known.problem());
        }
        BotAnswer info = api.call("getWebhookInfo", ApiClient.parameters());
        if (!info.ok() || !info.result().isObject()) {
            throw UpdatePoll.failure("getWebhookInfo", info);
        }
        String url = info.result().path("url").asText("");
        return url.isEmpty() ? pending(known) : watched(url, info.result());
    }

    private Batch pending(Position known) throws TransportFailure {
        Batch batch = new UpdatePoll(api, context, true).take(known.offset());
        String problem = "the bot has no webhook: call setWebhook with " + address() + " (./dragoman connect "
                + account.id() + "), or set intake: poll; until then updates are asked for";
        return new Batch(batch.requests(), new Position(null, batch.position(), problem).write(), problem);
    }

    private Batch watched(String url, JsonNode info) {
        Instant now = context.clock().instant();
        String problem = url.equals(address()) ? trouble(info, now) : elsewhere();
        return new Batch(List.of(), new Position(now, "", problem).write(), problem);
    }

    private String elsewhere() {
        return "the bot's webhook points to another address: call setWebhook with " + address() + ", or set webhookUrl";
    }

    private @Nullable String trouble(JsonNode info, Instant now) {
        long waiting = info.path("pending_update_count").asLong(0);
        Instant failed =
                Instant.ofEpochSecond(Math.max(0, info.path("last_error_date").asLong(0)));
        boolean lately = failed.isAfter(now.minus(account.get(Backfill.EVERY)).minus(LATELY));
        if (waiting < MANY && !(waiting > 0 && lately)) {
            return null;
        }
        String error = info.path("last_error_message")
                .asText("")
                .replaceAll("[^\\x20-\\x7e]+", " ")
                .strip();
        return waiting + " updates wait at Telegram, which tries each for 24 hours"
                + (error.isEmpty() ? "" : "; it says: " + UnicodeText.cut(error, LONGEST_ERROR));
    }

    /** Where the webhook is to lead. */
    private String address() {
        return address(account);
    }

    /** The same for any account. */
    static String address(Account account) {
        return account.find(Telegram.WEBHOOK_URL).map(URI::toString).orElseGet(() -> account.callback()
                .toString());
    }

    /**
     * What was found last.
     *
     * @param checked when the webhook was last seen; null when there was none, or nobody looked
     * @param offset of the next update while there is no webhook; empty for all that wait
     * @param problem what was wrong
     */
    record Position(
            @Nullable Instant checked,
            String offset,
            @Nullable String problem) {
        /** A position that polling left behind is its offset alone. */
        static Position read(String text) {
            return text.startsWith("{") ? Json.read(text, Position.class) : new Position(null, text, null);
        }

        String write() {
            return Json.write(this);
        }
    }
}
