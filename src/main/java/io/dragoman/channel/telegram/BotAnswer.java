// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Response;
import java.time.Duration;
import java.util.Locale;
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

    @Override
    public String toString() {
        return "BotAnswer[" + status + "]";
    }
}
