// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Channel;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.RefreshTokens;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.SharedWebhook;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TokenEnd;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.BodySignature;
import io.dragoman.model.CustomerEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A channel of a Meta app, which has one secret and one address for all its numbers and pages. Meta asks for the address
 * by a GET with a challenge, and signs what it posts: https://developers.facebook.com/docs/graph-api/webhooks/getting-started.
 */
public interface MetaChannel extends Channel, SharedWebhook, TokenEnd {
    Setting<Secret> APP_SECRET = Setting.verifying(
            "appSecret",
            "It is the App Secret of the Meta app (App settings → Basic); without it no webhook can be trusted.");
    Setting<Secret> VERIFY_TOKEN = Setting.secret(
                    "verifyToken",
                    "A word of your own choice that you repeat as Verify token where Meta asks for the callback"
                            + " address (the app's dashboard: WhatsApp → Configuration, or Webhooks).")
            .need();
    String SIGNATURE = "X-Hub-Signature-256";

    /** Puts into a payload what it says that happened to one account. */
    void read(Account account, MetaPayload payload) throws MalformedPayload;

    /** Which numbers or pages a payload is for. */
    Set<String> recipients(MetaPayload payload);

    @Override
    default Set<String> headers() {
        return Set.of(SIGNATURE);
    }

    @Override
    default Verified verify(Account account, Request request) throws AuthenticationFailed {
        return isHandshake(request)
                ? handshake(account, request)
                : BodySignature.verify(account, request, APP_SECRET, SIGNATURE, "sha256=");
    }

    @Override
    default Acknowledgement acknowledge(Account account, Request request) {
        return isHandshake(request) ? Acknowledgement.text(challenge(request)) : Acknowledgement.OK;
    }

    @Override
    default Set<String> recipients(Verified verified) throws MalformedPayload {
        return isHandshake(verified.request()) ? Set.of() : recipients(new MetaPayload(verified.request()));
    }

    @Override
    default List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload {
        if (isHandshake(verified.request())) {
            return List.of();
        }
        MetaPayload payload = new MetaPayload(verified.request());
        read(account, payload);
        return payload.events();
    }

    @Override
    default RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
    }

    @Override
    default Optional<End> tokenEnd(Account account, RefreshTokens logins) {
        return account.find(GraphApi.TOKEN_EXPIRES)
                .map(at -> new End(
                        at,
                        "accessToken",
                        "make a new one, best of a system user and without an end (Business settings → System users);"
                                + " then correct accessToken and tokenExpires"));
    }

    private static boolean isHandshake(Request request) {
        return request.method().equals("GET");
    }

    private static Verified handshake(Account account, Request request) throws AuthenticationFailed {
        if (!request.parameter("hub.mode").equals("subscribe")
                || challenge(request).isEmpty()) {
            throw new AuthenticationFailed(403, "not a webhook subscription");
        }
        byte[] given = request.parameter("hub.verify_token").getBytes(StandardCharsets.UTF_8);
        try {
            return Signature.match(request, account.get(VERIFY_TOKEN).bytes(), given, "hub.verify_token");
        } catch (AuthenticationFailed e) {
            throw new AuthenticationFailed(403, String.valueOf(e.getMessage()));
        }
    }

    /** What Meta expects to be echoed; empty when it is nothing that can be put into an answer without a thought. */
    private static String challenge(Request request) {
        String challenge = request.parameter("hub.challenge");
        return challenge.matches("[A-Za-z0-9_.-]{1,256}") ? challenge : "";
    }
}
