// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.linkedin;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** LinkedIn's versioned API in the name of a page, with whichever token the account has. */
record ApiClient(Account account, Transport transport) {
    /** The address of a resource; what comes of outside stands in it {@link #encoded}. */
    HttpCall get(String path) {
        return versioned(HttpCall.get(address(path)));
    }

    HttpCall post(String path, byte[] json) {
        return versioned(HttpCall.post(address(path), HttpCall.Body.json(json)));
    }

    HttpCall put(String path, byte[] json) {
        return post(path, json).by("PUT");
    }

    private URI address(String path) {
        return URI.create(account.get(LinkedIn.BASE_URL) + "/rest/" + path);
    }

    private HttpCall versioned(HttpCall call) {
        return call.header("LinkedIn-Version", account.get(LinkedIn.API_VERSION))
                .header("X-Restli-Protocol-Version", "2.0.0")
                .trusting(account.get(LinkedIn.BASE_URL));
    }

    /** Performs one call; with a refresh token, again where a token was refused: then it did nothing. */
    Outcome attempt(HttpCall call, Function<Response, Outcome> answered) {
        Optional<Secret> refresh = account.find(LinkedIn.REFRESH_TOKEN);
        if (refresh.isEmpty()) {
            return transport.attempt(call.bearer(account.get(LinkedIn.ACCESS_TOKEN)), answered);
        }
        RefreshGrant grant = new RefreshGrant(
                account.get(LinkedIn.TOKEN_URL),
                account.get(LinkedIn.CLIENT_ID),
                account.get(LinkedIn.CLIENT_SECRET),
                refresh.get());
        return transport.tokens().attempt(grant, transport, call, answered);
    }

    /** Asks for something; what is not there is an answer too. */
    Response ask(HttpCall call) throws TransportFailure {
        AtomicReference<Response> got = new AtomicReference<>();
        Outcome outcome = attempt(call, answer -> {
            got.set(answer);
            return answer.ok() || answer.status() == 404 ? new Outcome.Sent(null) : refusal(answer);
        });
        Response answer = got.get();
        if (outcome instanceof Outcome.Sent && answer != null) {
            return answer;
        }
        throw failure(outcome);
    }

    private static TransportFailure failure(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused.reason() == Reason.AUTHENTICATION_FAILED
                    ? TransportFailure.loginRefused(refused.detail())
                    : TransportFailure.notSent(refused.reason(), refused.detail());
        }
        if (outcome instanceof Outcome.Retry retry) {
            return TransportFailure.notSent(retry.reason(), retry.detail());
        }
        return TransportFailure.notSent(Reason.PROVIDER_DOWN, "LinkedIn did not answer the question");
    }

    /**
     * What an answer means that is not 2xx. LinkedIn says no time to wait: a limit of the day ends at midnight UTC, others
     * after some minutes.
     */
    Outcome refusal(Response answer) {
        if (answer.status() == 404) {
            return new Outcome.Refused(Reason.RECIPIENT_UNKNOWN, "LinkedIn answered 404: what is answered is gone");
        }
        Outcome outcome = Outcome.of(answer, "LinkedIn");
        boolean ofTheDay = answer.json()
                .path("message")
                .asText("")
                .toUpperCase(Locale.ROOT)
                .contains(" DAY ");
        return outcome instanceof Outcome.Retry retry && retry.after() == null && answer.status() == 429 && ofTheDay
                ? new Outcome.Retry(retry.reason(), retry.detail() + ": the limit of the day", untilMidnight())
                : outcome;
    }

    private Duration untilMidnight() {
        Instant now = transport.clock().instant();
        return Duration.between(now, now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS));
    }

    /** As it stands in a path or query: Rest.li wants the colons, commas and brackets of URNs encoded. */
    static String encoded(String urn) {
        return URLEncoder.encode(urn, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ApiClient[" + account.id() + "]";
    }
}
