// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificates in a PEM file (RFC 7468), in its order. What stands between them is ignored. Immutable.
 *
 * @param certificates at least one
 */
public record PemFile(List<X509Certificate> certificates) {
    private static final int LARGEST = 1024 * 1024;
    private static final Pattern CERTIFICATE = Pattern.compile(
            "-----BEGIN (?:X509 )?CERTIFICATE-----([A-Za-z0-9+/=\\s]*+)-----END (?:X509 )?CERTIFICATE-----");

    public PemFile {
        certificates = List.copyOf(certificates);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException saying what is expected and what was found
     */
    public static PemFile read(String name, Path home) {
        byte[] bytes = bytes(name, home);
        if (bytes.length > LARGEST) {
            throw unusable("the file is larger than 1 MB");
        }
        List<X509Certificate> found = new ArrayList<>();
        Matcher matcher = CERTIFICATE.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            found.add(certificate(matcher.group(), found.size() + 1));
        }
        if (found.isEmpty()) {
            throw unusable("the file has no line -----BEGIN CERTIFICATE----- with a certificate below it");
        }
        return new PemFile(found);
    }

    private static byte[] bytes(String name, Path home) {
        try (InputStream in = Files.newInputStream(home.resolve(name))) {
            return in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException | InvalidPathException e) {
            throw unusable("there is no such file (a relative name starts at the home folder)");
        } catch (IOException e) {
            throw unusable("the file cannot be read");
        }
    }

    private static X509Certificate certificate(String pem, int number) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (CertificateException e) {
            throw unusable("its certificate number " + number + " is damaged");
        }
    }

    private static IllegalArgumentException unusable(String why) {
        return new IllegalArgumentException("must be a PEM file with the certificate of an authority: " + why);
    }
}
