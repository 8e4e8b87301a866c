// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.tls;

import io.dragoman.connector.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom the connections of an account trust. Immutable.
 *
 * @param authorities an organisation's own; may be empty
 * @param only whether nobody else is trusted, so not the system's authorities
 */
public record Trust(List<X509Certificate> authorities, boolean only) {
    /** Java's list of public authorities, or what {@code javax.net.ssl.trustStore} names instead. */
    public static final Trust SYSTEM = new Trust(List.of(), false);

    /** As in {@link #ca}, for finding the value. */
    public static final Setting<PemFile> CA = ca(Path.of(""));

    public static final Setting<Boolean> ONLY = Setting.flag(
                    "tls.only", "Whether nobody but the authorities of tls.ca is trusted, so not the system's either.")
            .or("false");

    /** One for each trust: a context remembers its sessions, and reading the system's list takes a while. */
    private static final Map<Trust, SSLContext> CONTEXTS = new ConcurrentHashMap<>();

    public Trust {
        authorities = List.copyOf(authorities);
    }

    /** The setting for an own authority's file, whose relative name starts at {@code home}. */
    public static Setting<PemFile> ca(Path home) {
        return new Setting<>(
                "tls.ca",
                "A PEM file with the certificates of authorities that are trusted besides the system's, for servers with "
                        + "a certificate of your own authority.",
                Setting.Type.TEXT,
                null,
                true,
                List.of(),
                name -> PemFile.read(name, home));
    }

    /** A context whose connections say why they do not believe a certificate ({@link CertificateRefused}). */
    public SSLContext context() {
        return CONTEXTS.computeIfAbsent(this, Trust::make);
    }

    private SSLContext make() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new CertificateCheck(judge(), !authorities.isEmpty())}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /** What decides as Java does. */
    X509ExtendedTrustManager judge() throws GeneralSecurityException, IOException {
        return manager(together());
    }

    /** The trusted certificates; null for the system's alone. */
    private @Nullable KeyStore together() throws GeneralSecurityException, IOException {
        if (authorities.isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Stream<X509Certificate> system =
                only ? Stream.of() : Arrays.stream(manager(null).getAcceptedIssuers());
        int number = 0;
        for (X509Certificate one : Stream.concat(authorities.stream(), system).toList()) {
            store.setCertificateEntry("authority-" + number++, one);
        }
        return store;
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("no trust manager for X.509"));
    }
}
