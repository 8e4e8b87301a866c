// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.dragoman.connector.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The addresses of the pages of surveys, which nobody can make but us. Thread-safe. */
public final class SurveyLinks {
    /** Below which they are. */
    public static final String PATH = "/s/";

    private final SecretKeySpec key;

    public SurveyLinks(Secret key) {
        this.key = new SecretKeySpec(key.bytes(), "HmacSHA256");
    }

    /** The page of a survey that was sent. */
    public String link(URI publicUrl, String survey) {
        String base = publicUrl.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + PATH + survey + "."
                + signature(survey);
    }

    /** Which survey a token names; empty when it is not ours. */
    public Optional<String> survey(String token) {
        int dot = token.lastIndexOf('.');
        if (dot < 1 || token.length() > 200) {
            return Optional.empty();
        }
        String survey = token.substring(0, dot);
        byte[] expected = signature(survey).getBytes(StandardCharsets.US_ASCII);
        byte[] given = token.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, given) ? Optional.of(survey) : Optional.empty();
    }

    private String signature(String survey) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] signed = ("survey\n" + survey).getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
