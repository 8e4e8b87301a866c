// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.s3;

import io.dragoman.connector.Secret;
import io.dragoman.model.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 of requests to an object store, in the Authorization header. Paths must be written in letters,
 * digits, slashes and the marks that need no encoding, and requests have no query.
 */
final class SignatureV4 {
    /** The SHA-256 of no bytes. */
    static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String region;
    private final String accessKey;
    private final Secret secretKey;

    SignatureV4(String region, String accessKey, Secret secretKey) {
        this.region = region;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    /**
     * The headers that prove a request: those given, by lower-case name, the hash and the time, and Authorization.
     *
     * @param headers more that are signed, {@code host} among them
     * @param sha256 of the body
     */
    Map<String, String> sign(String method, String path, Map<String, String> headers, String sha256, Instant now) {
        String time = TIME.format(now);
        SortedMap<String, String> signed = new TreeMap<>(headers);
        signed.put("x-amz-content-sha256", sha256);
        signed.put("x-amz-date", time);
        String names = String.join(";", signed.keySet());
        StringBuilder request = new StringBuilder(method + "\n" + path + "\n\n");
        signed.forEach((name, value) ->
                request.append(name).append(':').append(value.strip()).append('\n'));
        request.append('\n').append(names).append('\n').append(sha256);
        String scope = time.substring(0, 8) + "/" + region + "/s3/aws4_request";
        String text = ALGORITHM + "\n" + time + "\n" + scope + "\n" + Hashes.sha256Hex(request.toString());
        String signature = HexFormat.of().formatHex(hmac(key(time.substring(0, 8)), text));
        Map<String, String> all = new TreeMap<>(signed);
        all.put(
                "authorization",
                ALGORITHM + " Credential=" + accessKey + "/" + scope + ",SignedHeaders=" + names + ",Signature="
                        + signature);
        return all;
    }

    private byte[] key(String day) {
        byte[] first = hmac(("AWS4" + secretKey.value()).getBytes(StandardCharsets.UTF_8), day);
        return hmac(hmac(hmac(first, region), "s3"), "aws4_request");
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
