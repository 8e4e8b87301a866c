// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * How X proves what it posts, and how we prove to X that the address is ours: both by HMAC-SHA256 with the app's secret
 * (docs.x.com, "Webhooks").
 */
final class WebhookProof {
    static final String HEADER = "x-twitter-webhooks-signature";

    /**
     * What a challenge looks like. The answer to one is what a signature of the same text would be: nothing is answered
     * that could be the body of an event, which has braces and quotes.
     */
    private static final String CHALLENGE = "[A-Za-z0-9_.=+/-]{1,256}";

    private WebhookProof() {}

    static boolean isChallenge(Request request) {
        return request.method().equals("GET");
    }

    static Verified verify(Account account, Request request) throws AuthenticationFailed {
        if (isChallenge(request)) {
            if (!request.parameter("crc_token").matches(CHALLENGE)) {
                throw new AuthenticationFailed(403, "crc_token is no challenge of X");
            }
            return Signature.challenge(request);
        }
        Optional<Secret> secret = account.find(XSettings.CONSUMER_SECRET);
        if (secret.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        // compared as text: Base64 has more than one spelling of some bytes
        byte[] given = request.header(HEADER).orElse("").getBytes(StandardCharsets.UTF_8);
        return Signature.match(request, token(secret.get(), request.body()), given, HEADER);
    }

    static Acknowledgement answer(Account account, Request request) {
        if (!isChallenge(request)) {
            return Acknowledgement.OK;
        }
        byte[] asked = request.parameter("crc_token").getBytes(StandardCharsets.UTF_8);
        String proof = new String(token(account.get(XSettings.CONSUMER_SECRET), asked), StandardCharsets.US_ASCII);
        return new Acknowledgement(200, "application/json", Json.write(Map.of("response_token", proof)));
    }

    private static byte[] token(Secret secret, byte[] signed) {
        byte[] hash = Signature.hmac("HmacSHA256", secret.bytes(), signed);
        return ("sha256=" + Base64.getEncoder().encodeToString(hash)).getBytes(StandardCharsets.US_ASCII);
    }
}
