// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.bird;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.PublicUrls;
import io.dragoman.connector.kit.TokenProof;
import io.dragoman.model.Hashes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * How Bird proves what it posts. Channels API: a keyed hash of time, address and body. Classic: a token with the hashes
 * of both (RequestValidator of its SDK for Java); its status reports, which are plain GETs, by a word of ours in their
 * address.
 */
final class BirdSignature {
    static final String SIGNATURE = "MessageBird-Signature";
    static final String TIMESTAMP = "MessageBird-Request-Timestamp";
    static final String TOKEN = "MessageBird-Signature-JWT";

    /** A repeated webhook has the time of its first try, hours ago (seen); a copy is known by its key. */
    private static final Duration OLDEST = Duration.ofHours(25);

    private static final String WORD = "proof";

    private BirdSignature() {}

    /** Where Bird is to send the status reports of a message by the classic API. */
    static String reportUrl(Account account) {
        return PublicUrls.callback(account) + "?" + WORD + "=" + word(account);
    }

    private static String word(Account account) {
        return HexFormat.of().formatHex(account.key("bird.report")).substring(0, 32);
    }

    static Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<Secret> key = account.find(Bird.SIGNING_KEY);
        if (key.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        Optional<String> token = request.header(TOKEN);
        if (token.isPresent()) {
            return token(account, request, token.get(), key.get());
        }
        boolean report = request.method().equals("GET") && account.get(Bird.API) == Bird.Api.CLASSIC;
        return report
                ? Signature.match(request, utf8(word(account)), utf8(request.parameter(WORD)), WORD)
                : hash(account, request, key.get());
    }

    private static Verified token(Account account, Request request, String token, Secret key)
            throws AuthenticationFailed {
        TokenProof proof = TokenProof.of(request, token, key, TOKEN).notBefore("nbf", request.receivedAt(), OLDEST);
        String given = proof.claims().word("url_hash");
        if (PublicUrls.of(account, request).stream().map(Hashes::sha256Hex).noneMatch(url -> url.equals(given))) {
            throw new AuthenticationFailed("the token is for another address; see webhookUrl");
        }
        if (request.body().length == 0 && !proof.claims().has("payload_hash")) {
            return proof.verified();
        }
        return proof.hash("payload_hash", request.body()).verified();
    }

    private static Verified hash(Account account, Request request, Secret key) throws AuthenticationFailed {
        String timestamp = request.header(TIMESTAMP).orElse("");
        List<byte[]> expected = new ArrayList<>();
        byte[] body = Hashes.sha256(request.body());
        for (String url : PublicUrls.of(account, request)) {
            byte[] head = utf8(timestamp + "\n" + url + "\n");
            byte[] hash = Signature.hmac("HmacSHA256", key.bytes(), head, body);
            expected.add(Base64.getEncoder().encode(hash));
        }
        byte[] given = utf8(request.header(SIGNATURE).orElse(""));
        Verified verified = Signature.matchAny(request, expected, List.of(given), SIGNATURE);
        if (!timestamp.matches("[0-9]{1,11}")) {
            throw new AuthenticationFailed(TIMESTAMP + " is no time");
        }
        Instant at = Instant.ofEpochSecond(Long.parseLong(timestamp));
        TokenProof.fresh(at, request.receivedAt(), OLDEST, TIMESTAMP);
        return verified;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
