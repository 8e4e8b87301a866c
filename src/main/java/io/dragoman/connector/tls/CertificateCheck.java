// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Decides as Java does, and says why a certificate is refused: Java's own words name neither server nor cause. */
final class CertificateCheck extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    private final boolean ownAuthority;

    /**
     * @param ownAuthority whether the judge trusts authorities that the operator named
     */
    CertificateCheck(X509ExtendedTrustManager judge, boolean ownAuthority) {
        this.judge = judge;
        this.ownAuthority = ownAuthority;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        try {
            judge.checkServerTrusted(chain, type, socket);
        } catch (CertificateException e) {
            throw refused(chain, type, socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null, e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        try {
            judge.checkServerTrusted(chain, type, engine);
        } catch (CertificateException e) {
            throw refused(chain, type, engine.getHandshakeSession(), e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        try {
            judge.checkServerTrusted(chain, type);
        } catch (CertificateException e) {
            throw refused(chain, type, null, e);
        }
    }

    private CertificateRefused refused(
            X509Certificate[] chain, String type, @Nullable SSLSession session, CertificateException cause) {
        String host = session == null || session.getPeerHost() == null ? "the server" : session.getPeerHost();
        String server = session == null ? host : host + ":" + session.getPeerPort();
        boolean believed = believed(chain, type);
        return new CertificateRefused(CertificateReason.of(chain, server, host, believed, ownAuthority), cause);
    }

    /** Whether all but the server's name is right: without a connection no name is compared. */
    private boolean believed(X509Certificate[] chain, String type) {
        try {
            judge.checkServerTrusted(chain, type);
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        judge.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        judge.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        judge.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
