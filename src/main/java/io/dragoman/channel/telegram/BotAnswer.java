// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Refused;
import io.dragoman.connector.Outcome.Uncertain;
import io.dragoman.connector.Response;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the Bot API answered.
 *
 * @param status Telegram's {@code error_code}; the HTTP status where there is none
 * @param result missing unless {@code ok}
 * @param description in lower case; for us to understand, never to show: it may repeat what we sent
 * @param retryAfter how long Telegram asks us to wait
 * @param migratedTo where a group went when it became a supergroup
 */
record BotAnswer(
        int status,
        boolean ok,
        JsonNode result,
        String description,
        @Nullable Duration retryAfter,
        @Nullable Long migratedTo) {
    /** Words of Telegram's descriptions and what they mean; the first that is found counts. */
    private static final Map<String, Reason> MEANINGS = new LinkedHashMap<>();

    static {
        means(Reason.TOO_LARGE, "too long", "too big", "too large");
        means(Reason.WINDOW_CLOSED, "query is too old");
        means(
                Reason.RECIPIENT_UNKNOWN,
                "chat not found",
                "user not found",
                "peer_id_invalid",
                "user is deactivated",
                "message thread not found",
                "bots can't send messages to bots");
        means(
                Reason.ACCOUNT_BLOCKED,
                "not enough rights",
                "no rights to send",
                "need administrator rights",
                "chat_write_forbidden",
                "business_connection");
        means(
                Reason.MEDIA_REFUSED,
                "http url",
                "web page content",
                "wrong file",
                "invalid file",
                "wrong remote file",
                "file must be non-empty",
                "photo_",
                "image_process_failed",
                "sticker_",
                "voice_messages_forbidden",
                "webpage_",
                "file is temporarily unavailable");
    }

    private static void means(Reason reason, String... words) {
        for (String word : words) {
            MEANINGS.put(word, reason);
        }
    }

    static BotAnswer of(Response response) {
        JsonNode body = response.json();
        JsonNode parameters = body.path("parameters");
        boolean ok = response.ok() && body.path("ok").asBoolean(false);
        long wait = parameters.path("retry_after").asLong(0);
        return new BotAnswer(
                body.path("error_code").asInt(response.status()),
                ok,
                body.path("result"),
                body.path("description").asText("").toLowerCase(Locale.ROOT),
                wait > 0
                        ? Duration.ofSeconds(Math.min(wait, 86_400))
                        : response.retryAfter().orElse(null),
                parameters.path("migrate_to_chat_id").canConvertToLong()
                        ? Long.valueOf(parameters.path("migrate_to_chat_id").longValue())
                        : null);
    }

    /** What an answer that is not ok means for a message; a repetition may double it. */
    Outcome failure() {
        String detail = "telegram answered " + status;
        if (status >= 200 && status < 300) {
            return new Uncertain(Reason.PROVIDER_DOWN, detail + " with something else");
        }
        Outcome byStatus = Outcome.of(status, retryAfter, "telegram");
        if (!(byStatus instanceof Refused)) {
            return byStatus;
        }
        if (status == 401 || status == 404) {
            return new Refused(
                    Reason.AUTHENTICATION_FAILED, detail + ": the token is not valid; set the one from @BotFather");
        }
        for (Map.Entry<String, Reason> meaning : MEANINGS.entrySet()) {
            if (description.contains(meaning.getKey())) {
                return new Refused(meaning.getValue(), detail + ": " + meaning.getKey());
            }
        }
        if (status == 403 && !description.startsWith("forbidden")) {
            return new Refused(Reason.AUTHENTICATION_FAILED, detail + ", but not in Telegram's words; check baseUrl");
        }
        return status == 403
                ? new Refused(Reason.RECIPIENT_OPTED_OUT, detail + ": the bot may not write to this chat any more")
                : byStatus;
    }

    @Override
    public String toString() {
        return "BotAnswer[" + status + "]";
    }
}
