// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.linkedin;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.TokenGrant;
import io.dragoman.connector.kit.FormFields;
import io.dragoman.model.Ignored;
import io.dragoman.model.Reason;
import java.net.URI;
import java.time.Instant;

/**
 * A person's consent, by which the app gets access tokens (RFC 6749 §6). It ends 365 days after the person gave it, whatever
 * is refreshed in between. LinkedIn names no type of token here.
 */
record RefreshGrant(URI tokenUrl, String clientId, Secret clientSecret, Secret refreshToken) implements TokenGrant {
    private static final int LONGEST_TOKEN = 16 * 1024;

    @Override
    public HttpCall call(Instant now) {
        FormFields form = new FormFields()
                .add("grant_type", "refresh_token")
                .add("refresh_token", refreshToken.value())
                .add("client_id", clientId)
                .add("client_secret", clientSecret.value());
        return HttpCall.post(tokenUrl, form.body())
                .header("Accept", "application/json")
                .trusting(tokenUrl);
    }

    @Override
    public Answer read(Response answer) {
        if (!answer.ok()) {
            return new Denied(refusal(answer));
        }
        String token = answer.json().path("access_token").asText("");
        return token.length() > LONGEST_TOKEN || !token.matches("[A-Za-z0-9._~+/=-]+")
                ? new Denied(new Outcome.Retry(Reason.PROVIDER_DOWN, "LinkedIn gave no access token"))
                : new Granted(
                        new Secret(token), answer.json().path("expires_in").asLong(0));
    }

    private static Outcome refusal(Response answer) {
        int status = answer.status();
        if (status == 400 || status == 401 || status == 403) {
            String error = Ignored.word(answer.json().path("error").asText(""));
            return new Outcome.Refused(
                    Reason.AUTHENTICATION_FAILED,
                    "LinkedIn answered " + status + " with error " + error
                            + ": the refresh token is over after 365 days, or taken back; a person must consent anew");
        }
        return Outcome.of(answer, "LinkedIn");
    }

    @Override
    public String toString() {
        return "RefreshGrant[" + tokenUrl.getHost() + "]";
    }
}
