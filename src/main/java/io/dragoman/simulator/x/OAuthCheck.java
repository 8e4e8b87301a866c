// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.x;

import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks OAuth 1.0a signatures as X does: by the rules of RFC 5849, its own clock, and never the same nonce twice. */
final class OAuthCheck {
    private static final Pattern FIELD = Pattern.compile("(oauth_\\w+)=\"([^\"]*)\"");
    private static final int NONCES = 10_000;
    private static final long TOLERANCE = 300;

    private final String consumerKey;
    private final String token;
    private final String key;
    private final Clock clock;
    private final Set<String> nonces = new LinkedHashSet<>();

    OAuthCheck(String consumerKey, String consumerSecret, String token, String tokenSecret, Clock clock) {
        this.consumerKey = consumerKey;
        this.token = token;
        this.key = escaped(consumerSecret) + '&' + escaped(tokenSecret);
        this.clock = clock;
    }

    /** Whether a request is signed by the user. */
    boolean accepts(SimulatorRequest request, String origin) {
        String header = request.header("Authorization");
        Map<String, String> fields = new HashMap<>();
        Matcher field = FIELD.matcher(header.startsWith("OAuth ") ? header : "");
        while (field.find()) {
            fields.put(field.group(1), URLDecoder.decode(field.group(2), StandardCharsets.UTF_8));
        }
        String signature = fields.remove("oauth_signature");
        return signature != null
                && consumerKey.equals(fields.get("oauth_consumer_key"))
                && token.equals(fields.get("oauth_token"))
                && "HMAC-SHA1".equals(fields.get("oauth_signature_method"))
                && isNow(fields.getOrDefault("oauth_timestamp", ""))
                && signature.equals(expected(request, origin, fields))
                && isNew(fields.getOrDefault("oauth_nonce", ""));
    }

    private boolean isNow(String seconds) {
        return seconds.matches("\\d{1,12}")
                && Math.abs(Long.parseLong(seconds) - clock.instant().getEpochSecond()) <= TOLERANCE;
    }

    private synchronized boolean isNew(String nonce) {
        if (nonces.size() >= NONCES) {
            nonces.clear();
        }
        return !nonce.isEmpty() && nonces.add(nonce);
    }

    private String expected(SimulatorRequest request, String origin, Map<String, String> fields) {
        TreeSet<String> pairs = new TreeSet<>();
        fields.forEach((name, value) -> pairs.add(escaped(name) + '=' + escaped(value)));
        String query = request.uri().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            pairs.add(escaped(plain(pair.substring(0, equals))) + '=' + escaped(plain(pair.substring(equals + 1))));
        }
        String base = request.method()
                + '&'
                + escaped(origin + request.uri().getRawPath())
                + '&'
                + escaped(String.join("&", pairs));
        return HmacSigner.base64("HmacSHA1", HmacSigner.utf8(key), HmacSigner.utf8(base));
    }

    private static String plain(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte one : HmacSigner.utf8(text)) {
            char letter = (char) (one & 0xff);
            boolean plain = letter < 128 && (Character.isLetterOrDigit(letter) || "-._~".indexOf(letter) >= 0);
            escaped.append(plain ? String.valueOf(letter) : String.format(java.util.Locale.ROOT, "%%%02X", one & 0xff));
        }
        return escaped.toString();
    }
}
