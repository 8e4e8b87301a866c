// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a program signed as Google does at a service account's token and Microsoft at a certificate's, by Java's
 * own signatures. What each demands of it comes from their documentation, named at {@link ServiceAccountGrant} and {@link
 * CertificateCredentials}.
 */
public final class AssertionCheck {
    private static final String BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String CLIENT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final ObjectMapper json = new ObjectMapper();
    private final Set<String> used = new HashSet<>();
    private @Nullable PublicKey account;
    private String email = "";
    private String keyId = "";
    private String delegated = "";
    private @Nullable Certificate certificate;
    private Instant now = Instant.EPOCH;

    /** Knows a service account, to which an administrator gave the mailbox of this user. */
    public AssertionCheck account(String name, String id, PublicKey key, String user) {
        email = name;
        keyId = id;
        account = key;
        delegated = user;
        return this;
    }

    /** Knows a program by its certificate. */
    public AssertionCheck certificate(Certificate registered) {
        certificate = registered;
        return this;
    }

    /** Its clock. */
    public AssertionCheck at(Instant time) {
        now = time;
        return this;
    }

    boolean takes(Map<String, String> form, String tokenUrl) {
        try {
            return form.containsKey("assertion") ? google(form, tokenUrl) : microsoft(form, tokenUrl);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private boolean google(Map<String, String> form, String tokenUrl) throws IOException, GeneralSecurityException {
        String[] token = form.getOrDefault("assertion", "").split("\\.");
        JsonNode header = part(token[0]);
        JsonNode claims = part(token[1]);
        long issued = claims.path("iat").asLong();
        long ends = claims.path("exp").asLong();
        java.security.Signature signature = java.security.Signature.getInstance("SHA256withRSA");
        return form.size() == 2
                && BEARER.equals(form.get("grant_type"))
                && header.path("alg").asText().equals("RS256")
                && header.path("typ").asText().equals("JWT")
                && header.path("kid").asText().equals(keyId)
                && claims.path("iss").asText().equals(email)
                && claims.path("sub").asText(email).equals(delegated)
                && !claims.path("scope").asText().isEmpty()
                && claims.path("aud").asText().equals(tokenUrl)
                && issued <= now.getEpochSecond()
                && ends > now.getEpochSecond()
                && ends - issued <= 3600
                && account != null
                && isSigned(signature, account, token);
    }

    private boolean microsoft(Map<String, String> form, String tokenUrl) throws IOException, GeneralSecurityException {
        String[] token = form.getOrDefault("client_assertion", "").split("\\.");
        JsonNode header = part(token[0]);
        JsonNode claims = part(token[1]);
        String client = form.getOrDefault("client_id", "");
        if (certificate == null) {
            return false;
        }
        byte[] thumbprint = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        java.security.Signature signature = java.security.Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        return "client_credentials".equals(form.get("grant_type"))
                && CLIENT_BEARER.equals(form.get("client_assertion_type"))
                && !form.containsKey("client_secret")
                && client.equals(TokenServer.CLIENT)
                && header.path("alg").asText().equals("PS256")
                && header.path("typ").asText().equals("JWT")
                && MessageDigest.isEqual(
                        Base64.getUrlDecoder().decode(header.path("x5t#S256").asText()), thumbprint)
                && claims.path("iss").asText().equals(client)
                && claims.path("sub").asText().equals(client)
                && claims.path("aud").asText().equals(tokenUrl)
                && claims.path("nbf").asLong() <= now.getEpochSecond()
                && claims.path("exp").asLong() > now.getEpochSecond()
                && used.add(claims.path("jti").asText())
                && isSigned(signature, certificate.getPublicKey(), token);
    }

    private static boolean isSigned(java.security.Signature signature, PublicKey key, String... token)
            throws GeneralSecurityException {
        signature.initVerify(key);
        signature.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(token[2]));
    }

    private JsonNode part(String text) throws IOException {
        return json.readTree(Base64.getUrlDecoder().decode(text));
    }
}
