// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.dragoman.connector.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Links to media that anyone may follow who has them, until they expire. Thread-safe. */
public final class MediaLinks {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,11}");

    private final SecretKeySpec key;

    public MediaLinks(Secret key) {
        this.key = new SecretKeySpec(key.bytes(), "HmacSHA256");
    }

    /** A link below {@code publicUrl}; the same arguments give the same link. */
    public String link(URI publicUrl, String mediaId, Instant expires) {
        if (!ID.matcher(mediaId).matches()) {
            throw new IllegalArgumentException("a media id has letters, digits, '-' and '_' only");
        }
        String base = publicUrl.toString();
        String seconds = Long.toString(expires.getEpochSecond());
        return (base.endsWith("/") ? base : base + "/") + "media/" + mediaId + "?expires=" + seconds + "&signature="
                + signature(mediaId, seconds);
    }

    /**
     * Checks a link that somebody followed.
     *
     * @param query the raw query without the question mark
     * @return when it expires; empty when it is not ours or has expired
     */
    public Optional<Instant> check(String mediaId, String query, Instant now) {
        String seconds = parameter(query, "expires");
        String signature = parameter(query, "signature");
        if (seconds == null
                || signature == null
                || !ID.matcher(mediaId).matches()
                || !SECONDS.matcher(seconds).matches()) {
            return Optional.empty();
        }
        byte[] expected = signature(mediaId, seconds).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        return instant(seconds).filter(now::isBefore);
    }

    private static Optional<Instant> instant(String seconds) {
        try {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The parameter's value; null unless it stands there once. Mail programs add parameters of their own. */
    private static @Nullable String parameter(String query, String name) {
        String found = null;
        for (String pair : query.split("&", 50)) {
            if (pair.startsWith(name + "=")) {
                if (found != null) {
                    return null;
                }
                found = pair.substring(name.length() + 1);
            }
        }
        return found;
    }

    private String signature(String mediaId, String seconds) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] signed = ("media\n" + mediaId + "\n" + seconds).getBytes(StandardCharsets.US_ASCII);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
