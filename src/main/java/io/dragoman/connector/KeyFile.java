// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A private RSA key by which a program proves who it is, from a file that its owner alone can read: PEM (PKCS #8, RFC
 * 7468) with or without the certificate, or the JSON that Google gives for a service account. Immutable; shows no key.
 *
 * @param key of 2048 bits at least
 * @param certificate for that key, where the file has one
 * @param email of the service account, of Google's JSON
 * @param keyId by which the provider knows the key, of Google's JSON
 */
public record KeyFile(
        PrivateKey key,
        @Nullable X509Certificate certificate,
        @Nullable String email,
        @Nullable String keyId) {
    private static final int LARGEST = 64 * 1024;
    private static final int LEAST_BITS = 2048;

    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*+)-----END PRIVATE KEY-----");
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]*+-----END CERTIFICATE-----");

    /** A setting that names such a file; a relative name starts at the home folder. */
    public static Setting<KeyFile> setting(String name, String description) {
        return Setting.file(name, description, KeyFile::read);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException saying what is expected and what was found, without a word of the key
     */
    public static KeyFile read(String name, Path home) {
        String text = text(name, home);
        return text.stripLeading().startsWith("{") ? google(text) : pem(text);
    }

    private static String text(String name, Path home) {
        try {
            Path file = home.resolve(name);
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
                if (!OWNER.containsAll(permissions)) {
                    throw unusable("others can read the file (" + PosixFilePermissions.toString(permissions)
                            + "): chmod 600 it, and let the user who runs the gateway own it");
                }
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw unusable("the file is larger than 64 KB");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (NoSuchFileException | InvalidPathException e) {
            throw unusable("there is no such file (a relative name starts at the home folder)");
        } catch (IOException e) {
            throw unusable("the file cannot be read");
        }
    }

    private static KeyFile google(String text) {
        JsonNode json;
        try {
            json = Json.tree(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unusable("the file is no JSON");
        }
        String email = json.path("client_email").asText("");
        if (!json.path("type").asText("").equals("service_account") || email.isBlank()) {
            throw unusable("the JSON is not that of a service account: it needs type service_account and client_email");
        }
        String id = json.path("private_key_id").asText("");
        PrivateKey key = key(json.path("private_key").asText(""));
        return new KeyFile(key, null, email, id.isBlank() ? null : id);
    }

    private static KeyFile pem(String text) {
        PrivateKey key = key(text);
        Matcher matcher = CERTIFICATE.matcher(text);
        if (!matcher.find()) {
            return new KeyFile(key, null, null, null);
        }
        X509Certificate certificate;
        try {
            certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(matcher.group().getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw unusable("its certificate is damaged");
        }
        if (!(certificate.getPublicKey() instanceof RSAPublicKey open)
                || !open.getModulus().equals(((RSAPrivateKey) key).getModulus())) {
            throw unusable("its first certificate is not that of the key");
        }
        return new KeyFile(key, certificate, null, null);
    }

    private static PrivateKey key(String text) {
        if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")
                || text.contains("-----BEGIN RSA PRIVATE KEY-----")) {
            throw unusable("the key is encrypted, or in the form of PKCS #1: make it plain PKCS #8 with "
                    + "openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem");
        }
        Matcher matcher = KEY.matcher(text);
        if (!matcher.find()) {
            throw unusable("it has no line -----BEGIN PRIVATE KEY----- with a key below it");
        }
        try {
            PKCS8EncodedKeySpec spec =
                    new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
            PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(spec);
            if (((RSAPrivateKey) key).getModulus().bitLength() < LEAST_BITS) {
                throw unusable("the key has less than 2048 bits");
            }
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            if (e instanceof IllegalArgumentException told
                    && String.valueOf(told.getMessage()).startsWith("must be")) {
                throw told;
            }
            throw unusable("the key is damaged, or no RSA key");
        }
    }

    private static IllegalArgumentException unusable(String why) {
        return new IllegalArgumentException("must be a file with a private key: " + why);
    }

    @Override
    public String toString() {
        return "KeyFile[…]";
    }
}
