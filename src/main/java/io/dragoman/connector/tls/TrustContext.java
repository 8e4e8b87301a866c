// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.tls;

import io.dragoman.connector.Trust;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Trust as TLS connections need it. Thread-safe. */
public final class TrustContext {
    /** One for each trust: a context remembers its sessions, and reading the system's list takes a while. */
    private static final Map<Trust, SSLContext> CONTEXTS = new ConcurrentHashMap<>();

    private TrustContext() {}

    /** A context whose connections say why they do not believe a certificate ({@link CertificateRefused}). */
    public static SSLContext of(Trust trust) {
        return CONTEXTS.computeIfAbsent(trust, TrustContext::make);
    }

    private static SSLContext make(Trust trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {check(trust, judge(trust))}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /** The same for a library that makes its own contexts: it must not be given one of ours, which it may change. */
    public static X509ExtendedTrustManager check(Trust trust) {
        try {
            return check(trust, judge(trust));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static X509ExtendedTrustManager check(Trust trust, X509ExtendedTrustManager judge) {
        return new CertificateCheck(judge, !trust.authorities().isEmpty());
    }

    /** What decides as Java does. */
    static X509ExtendedTrustManager judge(Trust trust) throws GeneralSecurityException, IOException {
        return manager(together(trust));
    }

    /** The trusted certificates; null for the system's alone. */
    private static @Nullable KeyStore together(Trust trust) throws GeneralSecurityException, IOException {
        if (trust.authorities().isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Stream<X509Certificate> system =
                trust.only() ? Stream.of() : Arrays.stream(manager(null).getAcceptedIssuers());
        int number = 0;
        for (X509Certificate one :
                Stream.concat(trust.authorities().stream(), system).toList()) {
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
