// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Ignored;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What an answer means that is not 2xx: problem types of the API (docs.x.com, "Response Codes &amp; Errors"), and the
 * numbers of the API before it, which some answers still have.
 */
final class ErrorTable {
    private static final long LONGEST = 86_400;

    static final ErrorCodes<Integer> CODES = ErrorCodes.<Integer>of("X")
            .refused(Reason.AUTHENTICATION_FAILED, "the keys and tokens are not valid together", 32, 89, 135, 215)
            .refused(
                    Reason.AUTHENTICATION_FAILED,
                    "the app lacks the permission: give it Read and write and Direct message, then make accessToken anew",
                    93,
                    220,
                    261)
            .refused(Reason.ACCOUNT_BLOCKED, "the account is suspended or locked", 64, 326, 416)
            .refused(Reason.RECIPIENT_OPTED_OUT, "the person takes no direct messages from the account", 150, 349)
            .refused(Reason.RECIPIENT_UNKNOWN, "nobody has this id any more", 17, 34, 50, 63, 108, 109)
            .refused(Reason.RECIPIENT_UNKNOWN, "the post is not there any more, or nobody may answer it", 144, 385, 433)
            .refused(Reason.CONTENT_REFUSED, "the same was posted just before", 187)
            .refused(Reason.CONTENT_REFUSED, "X takes it for spam", 226)
            .refused(Reason.TOO_LARGE, "the text is too long", 186, 354)
            .refused(Reason.MEDIA_REFUSED, "X does not take the picture", 323, 324, 325)
            .passing(Duration.ofHours(1), Reason.THROTTLED, "the account has sent all that X allows in a day", 185);

    private ErrorTable() {}

    /**
     * Of a call in the account's name.
     *
     * @param direct whether it is about a direct message, else a post
     */
    static Outcome refusal(Response response, Instant now, boolean direct) {
        int status = response.status();
        if (status == 429 || status == 503) {
            return Outcome.of(status, after(response, now), "X");
        }
        JsonNode answer = response.json();
        OptionalInt code = code(answer);
        if (code.isPresent() && CODES.find(code.getAsInt()).isPresent()) {
            return CODES.outcome(response, code.getAsInt());
        }
        String type = type(answer);
        return switch (status) {
            case 401 -> refused(status, type, Reason.AUTHENTICATION_FAILED, "it does not take the keys and tokens");
            case 402 -> refused(status, type, Reason.ACCOUNT_BLOCKED, "no credits are left; buy some in its console");
            case 403 ->
                answer.path("title").isTextual() || type != null
                        ? forbidden(type, direct)
                        : Outcome.of(response, "X"); // X itself says what it forbids
            case 404 ->
                refused(
                        status,
                        type,
                        Reason.RECIPIENT_UNKNOWN,
                        direct ? "nobody has this id" : "the post is not there any more");
            default -> Outcome.of(response, "X");
        };
    }

    private static Outcome forbidden(@Nullable String type, boolean direct) {
        if (type != null && type.matches("client-forbidden|oauth1-permissions|unsupported-authentication")) {
            return refused(403, type, Reason.AUTHENTICATION_FAILED, "the app may not do this; see its permissions");
        }
        return direct
                ? refused(
                        403,
                        type,
                        Reason.RECIPIENT_OPTED_OUT,
                        "the person takes no direct messages from the account, or writes encrypted ones only")
                : refused(403, type, Reason.CONTENT_REFUSED, "the account may not answer this post so");
    }

    private static Outcome refused(int status, @Nullable String type, Reason reason, String text) {
        return new Outcome.Refused(
                reason, "X answered " + status + (type == null ? "" : " (" + type + ")") + ": " + text);
    }

    /** The last part of the problem's type, which is an address; null where it says no more than the status. */
    private static @Nullable String type(JsonNode answer) {
        String type = answer.path("type").asText("");
        String last = type.substring(type.lastIndexOf('/') + 1);
        return type.isEmpty() || type.startsWith("about:") ? null : Ignored.word(last);
    }

    private static OptionalInt code(JsonNode answer) {
        JsonNode code = answer.path("errors").path(0).path("code");
        return code.isInt() ? OptionalInt.of(code.intValue()) : OptionalInt.empty();
    }

    /** {@code x-rate-limit-reset} is in seconds since 1970; at most a day. */
    static @Nullable Duration after(Response response, Instant now) {
        String reset = response.headers().getOrDefault("x-rate-limit-reset", "");
        if (!reset.matches("\\d{1,12}")) {
            return response.retryAfter().orElse(null);
        }
        long seconds = Long.parseLong(reset) - now.getEpochSecond();
        return Duration.ofSeconds(Math.max(1, Math.min(LONGEST, seconds)));
    }
}
