// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.JwksProof;
import java.time.Duration;
import java.util.Set;

/**
 * How the Bot Connector proves what it posts: a token of its own for our app, which also names the connector that the
 * activity is from ("Authentication with the Bot Connector API", Microsoft). It does not cover the body.
 */
final class BotToken {
    static final String HEADER = "Authorization";

    private static final String BEARER = "Bearer ";
    private static final String CHANNEL = "msteams";
    private static final Set<String> ALGORITHMS = Set.of("RS256", "RS384", "RS512");
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private BotToken() {}

    static Verified verify(Account account, Request request, Jwks keys) throws AuthenticationFailed {
        String header = request.header(HEADER).orElse("");
        if (!header.startsWith(BEARER)) {
            throw new AuthenticationFailed(HEADER + " is no bearer token");
        }
        JwksProof.Rules rules = new JwksProof.Rules(
                ALGORITHMS, account.get(Teams.ISSUER).toString(), account.get(Teams.APP_ID), TOLERANCE);
        JwksProof proof = JwksProof.of(request, header.substring(BEARER.length()), keys, rules, HEADER);
        JsonFields activity = activity(request);
        if (!CHANNEL.equals(activity.word("channelId"))) {
            throw new AuthenticationFailed(403, "the activity is of another channel than Teams");
        }
        checkEndorsed(proof.key().published().path("endorsements"));
        String claimed = proof.claims().word("serviceurl");
        String service = activity.word("serviceUrl");
        if (claimed == null || service == null || !claimed.equalsIgnoreCase(service)) {
            throw new AuthenticationFailed(403, HEADER + " is for another serviceUrl than the activity");
        }
        return proof.verified();
    }

    private static JsonFields activity(Request request) throws AuthenticationFailed {
        try {
            return JsonFields.of(request.body());
        } catch (MalformedPayload e) {
            throw new AuthenticationFailed(403, "the body is no activity");
        }
    }

    /** A key may be good for some channels alone. */
    private static void checkEndorsed(JsonNode endorsements) throws AuthenticationFailed {
        boolean endorsed = endorsements.isMissingNode();
        for (JsonNode channel : endorsements) {
            endorsed |= CHANNEL.equals(channel.asText());
        }
        if (!endorsed) {
            throw new AuthenticationFailed(403, HEADER + " is signed with a key that is not for Teams");
        }
    }
}
