// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.ClientCredentials;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * X's API for one account. Thread-safe.
 *
 * @param calls tells two requests of one millisecond apart
 */
record ApiClient(Account account, Transport transport, AtomicLong calls) {
    private static final int NONCE = 32;

    HttpCall get(String path) {
        return signed(HttpCall.get(uri(path)));
    }

    HttpCall post(String path, HttpCall.Body body) {
        return signed(HttpCall.post(uri(path), body));
    }

    HttpCall post(String path, JsonNode body) {
        return post(path, HttpCall.Body.json(Json.bytes(body)));
    }

    /** In the account's name. */
    Response ask(HttpCall call) throws TransportFailure {
        return transport.http(call);
    }

    /**
     * In the app's own name: what concerns its webhooks.
     *
     * @param method {@code GET}, {@code POST} or {@code PUT}
     */
    Response askAsApp(String method, String path, JsonNode body) throws TransportFailure {
        HttpCall usual = method.equals("GET")
                ? HttpCall.get(uri(path))
                : HttpCall.post(uri(path), HttpCall.Body.json(Json.bytes(body)));
        HttpCall call = usual.by(method).trusting(base());
        AtomicReference<Response> answered = new AtomicReference<>();
        ClientCredentials app = ClientCredentials.basic(
                uri("/oauth2/token"),
                account.get(XSettings.CONSUMER_KEY).value(),
                account.get(XSettings.CONSUMER_SECRET));
        Outcome outcome = transport.tokens().attempt(app, transport, call, answer -> {
            answered.set(answer);
            return new Outcome.Sent(null);
        });
        Response answer = answered.get();
        if (answer == null) {
            throw failure(outcome);
        }
        return answer;
    }

    private static TransportFailure failure(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return TransportFailure.notSent(refused.reason(), refused.detail());
        } else if (outcome instanceof Outcome.Retry retry) {
            return TransportFailure.notSent(retry.reason(), retry.detail());
        } else if (outcome instanceof Outcome.Uncertain uncertain) {
            return TransportFailure.maybeSent(uncertain.reason(), uncertain.detail());
        }
        return TransportFailure.notSent(Reason.PROVIDER_DOWN, "X gave no answer");
    }

    private HttpCall signed(HttpCall call) {
        OAuthSignature user = new OAuthSignature(
                account.get(XSettings.CONSUMER_KEY),
                account.get(XSettings.CONSUMER_SECRET),
                account.get(XSettings.ACCESS_TOKEN),
                account.get(XSettings.ACCESS_TOKEN_SECRET));
        long now = transport.clock().millis();
        return call.authorized(user.header(call.method(), call.uri(), nonce(now), now / 1000))
                .trusting(base());
    }

    private String nonce(long now) {
        byte[] seed = (now + "/" + calls.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
        byte[] hash = Signature.hmac("HmacSHA256", account.key("x.nonce"), seed);
        return HexFormat.of().formatHex(hash).substring(0, NONCE);
    }

    URI base() {
        return account.get(XSettings.BASE_URL);
    }

    private URI uri(String path) {
        return URI.create(base() + path);
    }
}
