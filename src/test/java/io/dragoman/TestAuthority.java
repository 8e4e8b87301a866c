// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

/** An organisation's own certificate authority (RFC 5280), with what it issues; no program is needed for it. */
public final class TestAuthority {
    private static final byte[] ECDSA_WITH_SHA256 = hex("300a06082a8648ce3d040302");
    private static final byte[] IS_AUTHORITY = hex("300f0603551d130101ff040530030101ff");
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = hex("0603551d11");
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final String name;
    private final KeyPair keys = keys();
    private final Certificate certificate;

    /** Makes one with a key of its own, and writes its certificate. */
    public TestAuthority(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        this.certificate = certificate(name, keys, IS_AUTHORITY, -90);
        write(pem(), pem("CERTIFICATE", encoded(certificate)));
    }

    /** Its certificate. */
    public Path pem() {
        return folder.resolve(name.replace(' ', '-') + ".pem");
    }

    /**
     * A server's key and certificate.
     *
     * @param names DNS names, with commas between
     * @param from the day from today on which it begins to be valid for ten days
     */
    public Issued issue(String alias, String names, int from) {
        byte[][] all = java.util.Arrays.stream(names.split(","))
                .map(one -> der(0x82, one.getBytes(StandardCharsets.US_ASCII)))
                .toArray(byte[][]::new);
        KeyPair own = keys();
        byte[] extension = der(0x30, SUBJECT_ALTERNATIVE_NAME, der(0x04, der(0x30, all)));
        return new Issued(folder, alias, own, certificate(alias, own, extension, from));
    }

    /** The same for a key of any kind, without names. */
    public Issued issue(String alias, KeyPair own, int from) {
        byte[] extension = der(0x30, SUBJECT_ALTERNATIVE_NAME, der(0x04, der(0x30, der(0x82, new byte[] {'a'}))));
        return new Issued(folder, alias, own, certificate(alias, own, extension, from));
    }

    private Certificate certificate(String subject, KeyPair own, byte[] extension, int from) {
        Instant begin = Instant.now().plus(Duration.ofDays(from));
        Instant end = begin.plus(Duration.ofDays(from == -90 ? 900 : 10));
        byte[] content = der(
                0x30,
                der(0xa0, der(0x02, new byte[] {2})),
                der(0x02, BigInteger.valueOf(System.nanoTime()).toByteArray()),
                ECDSA_WITH_SHA256,
                new X500Principal("CN=" + name).getEncoded(),
                der(0x30, time(begin), time(end)),
                new X500Principal("CN=" + subject).getEncoded(),
                own.getPublic().getEncoded(),
                der(0xa3, der(0x30, extension)));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            byte[] whole = der(0x30, content, ECDSA_WITH_SHA256, der(0x03, new byte[1], signature.sign()));
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] time(Instant time) {
        return der(0x17, UTC_TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /** One value in the distinguished encoding of ASN.1. */
    private static byte[] der(int tag, byte[]... content) {
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        for (byte[] part : content) {
            inside.writeBytes(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        int length = inside.size();
        if (length >= 256) {
            all.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8)});
        } else if (length >= 128) {
            all.write(0x81);
        }
        all.write(length);
        all.writeBytes(inside.toByteArray());
        return all.toByteArray();
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hex(String text) {
        return java.util.HexFormat.of().parseHex(text);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }

    /** What a server presents. */
    public record Issued(Path folder, String alias, KeyPair keys, Certificate certificate) {
        /** A context that presents it. */
        public SSLContext context() {
            try {
                KeyStore own = KeyStore.getInstance("PKCS12");
                own.load(null, null);
                own.setKeyEntry(alias, keys.getPrivate(), PASSWORD, new Certificate[] {certificate});
                KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                managers.init(own, PASSWORD);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(managers.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Writes it for a server that is a program of its own: the files of certificate and key. */
        public Path[] write() {
            Path certificateFile = folder.resolve(alias + ".cert.pem");
            Path key = folder.resolve(alias + ".key.pem");
            TestAuthority.write(certificateFile, pem("CERTIFICATE", encoded(certificate)));
            TestAuthority.write(key, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
            return new Path[] {certificateFile, key};
        }
    }
}
