// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Ignored;
import io.dragoman.model.Reason;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an OAuth 2.0 token endpoint is asked and answers (RFC 6749 §5). */
final class TokenAnswer {
    private static final int LONGEST_TOKEN = 16 * 1024;
    private static final long LONGEST_SECONDS = Duration.ofDays(3650).toSeconds();

    /**
     * Words for what passes: from RFC 6749 §4.1.2.1, and what Microsoft and Google write at the token endpoint although
     * the RFC has no word for it there.
     */
    private static final Set<String> PASSING =
            Set.of("temporarily_unavailable", "server_error", "slow_down", "internal_failure", "rate_limit_exceeded");

    private TokenAnswer() {}

    /** A request with a form; empty values are left out. */
    static HttpCall call(URI endpoint, Map<String, String> form) {
        String body = form.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpCall.post(endpoint, HttpCall.Body.form(body))
                .header("Accept", "application/json")
                .trusting(endpoint);
    }

    /**
     * What an answer means.
     *
     * @param remedy of an error in one word
     */
    static TokenGrant.Answer read(URI tokenUrl, Response answer, UnaryOperator<String> remedy) {
        String host = String.valueOf(tokenUrl.getHost());
        if (!answer.ok()) {
            return new TokenGrant.Denied(refusal(host, answer, remedy));
        }
        // RFC 6749 A.12 allows more than the bearer scheme does, and Salesforce's have an exclamation mark
        Secret access = token(answer.json(), "access_token", "[\\x21-\\x7e]+");
        return access == null || !answer.json().path("token_type").asText("").equalsIgnoreCase("Bearer")
                ? new TokenGrant.Denied(new Outcome.Retry(Reason.PROVIDER_DOWN, host + " gave no bearer token"))
                : new TokenGrant.Granted(
                        access, answer.json().path("expires_in").asLong(0));
    }

    /** The refresh token in an answer; null when there is none. */
    static @Nullable Secret refreshToken(Response answer) {
        return token(answer.json(), "refresh_token", "[\\x20-\\x7e]+");
    }

    /** How long that lives, where the server says so ({@code refresh_token_expires_in}, not in the RFC). */
    static @Nullable Duration refreshLife(Response answer) {
        long seconds = answer.json().path("refresh_token_expires_in").asLong(0);
        return seconds <= 0 ? null : Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS));
    }

    private static @Nullable Secret token(JsonNode json, String name, String form) {
        String text = json.path(name).asText("");
        return text.isBlank() || text.length() > LONGEST_TOKEN || !text.matches(form) ? null : new Secret(text);
    }

    /** The error of an answer, in one word; {@code unknown} for none. */
    static String error(Response answer) {
        return Ignored.word(answer.json().path("error").asText(""));
    }

    /** Why there is no token, in one word and a number of the server's (RFC 6749 §5.2). */
    private static Outcome refusal(String host, Response answer, UnaryOperator<String> remedy) {
        int status = answer.status();
        String error = error(answer);
        String said = host + " answered " + status + " with error " + error + number(answer.json());
        if (status < 500 && PASSING.contains(error)) {
            return new Outcome.Retry(
                    Reason.PROVIDER_DOWN, said, answer.retryAfter().orElse(null));
        }
        return status == 400 || status == 401 || status == 403
                ? new Outcome.Refused(Reason.AUTHENTICATION_FAILED, said + ": " + remedy.apply(error))
                : Outcome.of(answer, host);
    }

    /** Microsoft's number, which its documentation explains: 700082 for a login unused too long, 7000222 for an old secret. */
    private static String number(JsonNode json) {
        int number = json.path("error_codes").path(0).asInt(0);
        return number == 0 ? "" : " (code " + number + ")";
    }
}
