// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.tls;

import java.security.cert.CertificateException;
import java.util.Optional;

/** A server's certificate is not believed. The message says why and what to do, and may be shown. */
public final class CertificateRefused extends CertificateException {
    private static final long serialVersionUID = 1L;

    CertificateRefused(String message, CertificateException cause) {
        super(message, cause);
    }

    /** Why a certificate was refused, where that is what ended a connection. */
    public static Optional<String> in(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 50; depth++) {
            if (cause instanceof CertificateRefused refused) {
                return Optional.ofNullable(refused.getMessage());
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
