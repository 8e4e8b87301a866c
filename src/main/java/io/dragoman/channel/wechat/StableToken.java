// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.wechat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.TokenGrant;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.net.URI;
import java.time.Instant;

/**
 * How an account gets its access token: by {@code stable_token}, which gives the one that is valid to whoever asks, where
 * the older {@code token} makes a new one each time and so ends that of every other gateway of the account.
 */
record StableToken(URI baseUrl, String appId, Secret appSecret) implements TokenGrant {
    StableToken(Account account) {
        this(account.get(WeChat.BASE_URL), account.get(WeChat.APP_ID), account.get(WeChat.APP_SECRET));
    }

    @Override
    public HttpCall call(Instant now) {
        byte[] body = Json.bytes(Json.mapper()
                .createObjectNode()
                .put("grant_type", "client_credential")
                .put("appid", appId)
                .put("secret", appSecret.value()));
        return HttpCall.post(URI.create(baseUrl + "/cgi-bin/stable_token"), HttpCall.Body.json(body))
                .trusting(baseUrl);
    }

    @Override
    public Answer read(Response answer) {
        JsonNode json = answer.json();
        String token = json.path("access_token").asText("");
        if (answer.ok() && token.matches("[A-Za-z0-9_!.~=+/-]{1,4096}")) {
            return new Granted(new Secret(token), json.path("expires_in").asLong(0));
        }
        Outcome outcome = ErrorTable.outcome(answer);
        return new Denied(
                outcome instanceof Outcome.Sent
                        ? new Outcome.Retry(Reason.PROVIDER_DOWN, "WeChat gave no access token")
                        : outcome);
    }

    @Override
    public boolean refuses(Response answer) {
        return ErrorTable.refusesToken(answer);
    }

    @Override
    public String toString() {
        return "StableToken[" + baseUrl.getHost() + "]";
    }
}
