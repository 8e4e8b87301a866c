// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Discord's {@code code} means (docs.discord.com, "Opcodes and Status Codes"). */
final class ErrorTable {
    private static final Duration SLOW_MODE = Duration.ofSeconds(10);
    private static final double DAY = 86_400;

    static final ErrorCodes<Integer> CODES = ErrorCodes.<Integer>of("Discord")
            .refused(Reason.RECIPIENT_UNKNOWN, "the channel or person is not there any more", 10003, 10004, 10013)
            .refused(Reason.RECIPIENT_UNKNOWN, "a bot can only write to who shares a server with it", 50278)
            .refused(
                    Reason.RECIPIENT_OPTED_OUT,
                    "the person takes no direct messages from the bot, or shares no server with it",
                    50007)
            .refused(Reason.RECIPIENT_UNKNOWN, "the bot does not see the channel: it lacks View Channel", 50001)
            .refused(
                    Reason.RECIPIENT_UNKNOWN,
                    "the bot lacks Send Messages, or Send Messages in Threads, or Attach Files there",
                    50013)
            .refused(Reason.RECIPIENT_UNKNOWN, "the thread is archived or locked", 50083, 160_005)
            .refused(
                    Reason.RECIPIENT_UNKNOWN,
                    "the bot lacks Read Message History, without which it cannot answer a message",
                    160_002)
            .refused(Reason.TOO_LARGE, "", 40005)
            .refused(Reason.CONTENT_REFUSED, "", 10008, 50006, 50008, 50035)
            .refused(Reason.CONTENT_REFUSED, "the server's AutoMod blocked it", 200_000, 200_001)
            .refused(Reason.AUTHENTICATION_FAILED, "botToken is not valid", 40001, 50014)
            .refused(Reason.ACCOUNT_BLOCKED, "the bot's account has to be verified", 40002)
            .passing(SLOW_MODE, Reason.THROTTLED, "", 20016, 20028, 20029, 40003, 40062)
            .passing(Reason.PROVIDER_DOWN, "", 110_000, 130_000)
            .refused(Reason.CONTENT_REFUSED, "the interaction is over", 10015, 10062, 40060, 50027);

    private ErrorTable() {}

    /** How a call ended that makes a message. */
    static Outcome outcome(Response response) {
        if (!response.ok()) {
            return refusal(response);
        }
        JsonNode id = response.json().path("id");
        return id.isTextual() && Snowflake.is(id.textValue())
                ? new Outcome.Sent(id.textValue())
                : new Outcome.Uncertain(Reason.PROVIDER_DOWN, "Discord answered without a message");
    }

    static Outcome refusal(Response response) {
        int status = response.status();
        if (status == 429 || status == 503) {
            return Outcome.of(status, after(response), "Discord");
        }
        JsonNode code = response.json().path("code");
        return status == 401
                ? new Outcome.Refused(Reason.AUTHENTICATION_FAILED, "Discord answered 401: botToken is not valid")
                : code.isInt() ? CODES.outcome(response, code.intValue()) : Outcome.of(response, "Discord");
    }

    /** Seconds with a fraction in the body, whole ones in the header. */
    static @Nullable Duration after(Response response) {
        double seconds = response.json().path("retry_after").asDouble(-1);
        Optional<Duration> header = response.retryAfter();
        return seconds < 0 || seconds > DAY ? header.orElse(null) : Duration.ofMillis((long) Math.ceil(seconds * 1000));
    }
}
