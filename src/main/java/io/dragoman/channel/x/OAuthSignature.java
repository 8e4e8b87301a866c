// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import io.dragoman.connector.Secret;
import io.dragoman.connector.Signature;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hc.core5.net.WWWFormCodec;

/**
 * Signs requests in the name of a user: OAuth 1.0a with HMAC-SHA1 (RFC 5849 §3.4). A body that is no form is not covered.
 *
 * @param token of the user
 */
record OAuthSignature(Secret consumerKey, Secret consumerSecret, Secret token, Secret tokenSecret) {

    /**
     * The {@code Authorization} of a request.
     *
     * @param nonce never used before with the same time
     * @param seconds since 1970
     */
    Secret header(String method, URI uri, String nonce, long seconds) {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "oauth_consumer_key",
                consumerKey.value(),
                "oauth_nonce",
                nonce,
                "oauth_signature_method",
                "HMAC-SHA1",
                "oauth_timestamp",
                Long.toString(seconds),
                "oauth_token",
                token.value(),
                "oauth_version",
                "1.0"));
        fields.put("oauth_signature", sign(base(method, uri, fields)));
        return new Secret("OAuth "
                + fields.entrySet().stream()
                        .map(field -> field.getKey() + "=\"" + encoded(field.getValue()) + "\"")
                        .collect(Collectors.joining(", ")));
    }

    private String sign(String base) {
        String key = encoded(consumerSecret.value()) + "&" + encoded(tokenSecret.value());
        return Base64.getEncoder()
                .encodeToString(Signature.hmac(
                        "HmacSHA1", key.getBytes(StandardCharsets.US_ASCII), base.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base(String method, URI uri, Map<String, String> fields) {
        List<String[]> pairs = new ArrayList<>();
        fields.forEach((name, value) -> pairs.add(new String[] {encoded(name), encoded(value)}));
        String query = uri.getRawQuery();
        WWWFormCodec.parse(query == null ? "" : query, StandardCharsets.UTF_8)
                .forEach(pair -> pairs.add(
                        new String[] {encoded(pair.getName()), encoded(pair.getValue() == null ? "" : pair.getValue())
                        }));
        String all = pairs.stream()
                .sorted(Comparator.comparing((String[] pair) -> pair[0]).thenComparing(pair -> pair[1]))
                .map(pair -> pair[0] + "=" + pair[1])
                .collect(Collectors.joining("&"));
        return method + "&" + encoded(address(uri)) + "&" + encoded(all);
    }

    /** Without query, and without a port that goes without saying (RFC 5849 §3.4.1.2). */
    private static String address(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean usual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + uri.getPort())
                + (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
    }

    /** RFC 5849 §3.6. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    @Override
    public String toString() {
        return "OAuthSignature[…]";
    }
}
