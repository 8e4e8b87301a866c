// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.vonage;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.connector.kit.TokenProof;
import io.dragoman.model.Hashes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The two proofs of Vonage, as its SDK for Java makes them (RequestSigning, Jwt): a token over the raw body (Messages
 * API), or a hash of the parameters (SMS API).
 */
final class VonageSignature {
    /** The header of the Messages API's token. */
    static final String HEADER = "Authorization";

    /** Vonage tries for 24 hours. Whether it signs anew each time is not documented; a copy is known by its key. */
    private static final Duration OLDEST = Duration.ofHours(25);

    private static final String BEARER = "Bearer ";

    private VonageSignature() {}

    /** How the parameters of the SMS API are signed, as set beside the secret. */
    enum Method {
        MD5HASH(""),
        MD5("HmacMD5"),
        SHA1("HmacSHA1"),
        SHA256("HmacSHA256"),
        SHA512("HmacSHA512");

        private final String hmac;

        Method(String hmac) {
            this.hmac = hmac;
        }

        String sign(String parameters, Secret secret) {
            byte[] text = parameters.getBytes(StandardCharsets.UTF_8);
            byte[] hash = hmac.isEmpty()
                    ? Hashes.of("MD5", (parameters + secret.value()).getBytes(StandardCharsets.UTF_8))
                    : Signature.hmac(hmac, secret.bytes(), text);
            return HexFormat.of().formatHex(hash);
        }
    }

    static Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<Secret> secret = account.find(Vonage.SIGNATURE_SECRET);
        if (secret.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        String token = request.header(HEADER).orElse("");
        return token.isEmpty()
                ? parameters(account.get(Vonage.SIGNATURE_METHOD), secret.get(), request)
                : token(token, secret.get(), request);
    }

    private static Verified token(String token, Secret secret, Request request) throws AuthenticationFailed {
        if (!token.startsWith(BEARER)) {
            throw new AuthenticationFailed(HEADER + " is no bearer token");
        }
        return TokenProof.of(request, token.substring(BEARER.length()), secret, HEADER)
                .hash("payload_hash", request.body())
                .notBefore("iat", request.receivedAt(), OLDEST)
                .verified();
    }

    private static Verified parameters(Method method, Secret secret, Request request) throws AuthenticationFailed {
        ReceivedForm form;
        try {
            form = InboundReader.form(request);
        } catch (MalformedPayload e) {
            throw new AuthenticationFailed("sig is missing");
        }
        byte[] expected = method.sign(signed(form), secret).getBytes(StandardCharsets.UTF_8);
        byte[] given = form.text("sig").toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        Verified verified = Signature.match(request, expected, given, "sig");
        String seconds = form.text("timestamp");
        if (!seconds.matches("[0-9]{1,11}")) {
            throw new AuthenticationFailed("timestamp is no time");
        }
        TokenProof.fresh(
                Instant.ofEpochSecond(Long.parseLong(seconds)), request.receivedAt(), OLDEST, "the signed timestamp");
        return verified;
    }

    private static String signed(ReceivedForm form) {
        Map<String, String> sorted = new TreeMap<>(form.firsts());
        sorted.remove("sig");
        StringBuilder text = new StringBuilder();
        sorted.forEach((name, value) -> {
            if (!value.isBlank()) {
                text.append('&').append(clean(name)).append('=').append(clean(value));
            }
        });
        return text.toString();
    }

    private static String clean(String text) {
        return text.replace('&', '_').replace('=', '_');
    }
}
