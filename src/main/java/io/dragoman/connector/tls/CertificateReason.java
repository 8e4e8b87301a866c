// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.tls;

import io.dragoman.connector.kit.SafeText;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/** Puts into words why a server's certificate was refused, and what to do. */
final class CertificateReason {
    /** In a name as RFC 2253 writes it, where a backslash protects a comma. */
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:\\\\.|[^,\\\\]){1,300})");

    private static final int LONGEST_NAME = 80;
    private static final int MOST_NAMES = 10;

    /** The kinds of a subject's alternative name that a server has (RFC 5280 §4.2.1.6). */
    private static final List<Integer> SERVER_NAMES = List.of(2, 7);

    private CertificateReason() {}

    /**
     * The sentence.
     *
     * @param chain the server's certificate, then its issuers'
     * @param believed whether it is right but for the server's name
     * @param ownAuthority whether the operator named authorities already
     */
    static String of(X509Certificate[] chain, String server, String host, boolean believed, boolean ownAuthority) {
        String subject = "the certificate of " + server;
        Optional<String> untimely = chain.length == 0
                ? Optional.of(" is missing")
                : untimely(chain[0]).or(() -> ofAnIssuer(chain));
        if (untimely.isPresent()) {
            return subject + untimely.get();
        }
        if (believed) {
            return subject + " is for " + names(chain[0]) + ", not for " + host
                    + "; set host to a name that it has, or give the server a certificate for this one";
        }
        X509Certificate last = chain[chain.length - 1];
        String remedy = ownAuthority ? "; add the certificate of that authority to the file of tls.ca" : "";
        if (chain[0].getSubjectX500Principal().equals(chain[0].getIssuerX500Principal())) {
            return subject + " was issued by itself and is not trusted"
                    + (ownAuthority ? "; add it to the file of tls.ca" : "; set tls.ca to a PEM file of it");
        }
        return subject + " was issued by " + name(last.getIssuerX500Principal()) + ", which is not trusted"
                + (ownAuthority ? remedy : "; set tls.ca to the PEM file of that authority");
    }

    private static Optional<String> untimely(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return Optional.empty();
        } catch (CertificateExpiredException e) {
            return Optional.of(" expired on " + day(certificate.getNotAfter()) + "; renew it on the server");
        } catch (CertificateNotYetValidException e) {
            return Optional.of(" is valid only from " + day(certificate.getNotBefore())
                    + " on; compare this machine's clock with the server's");
        }
    }

    private static Optional<String> ofAnIssuer(X509Certificate[] chain) {
        for (int i = 1; i < chain.length; i++) {
            Optional<String> untimely = untimely(chain[i]);
            if (untimely.isPresent()) {
                return Optional.of(" cannot be trusted: that of its issuer " + name(chain[i].getSubjectX500Principal())
                        + untimely.get());
            }
        }
        return Optional.empty();
    }

    private static LocalDate day(java.util.Date date) {
        return date.toInstant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            String names = all == null
                    ? ""
                    : all.stream()
                            .filter(name -> SERVER_NAMES.contains(name.get(0)))
                            .limit(MOST_NAMES)
                            .map(name -> SafeText.line(String.valueOf(name.get(1)), LONGEST_NAME))
                            .collect(Collectors.joining(", "));
            return names.isEmpty() ? name(certificate.getSubjectX500Principal()) : names;
        } catch (CertificateParsingException e) {
            return name(certificate.getSubjectX500Principal());
        }
    }

    /** The common name, else the whole: what an operator knows an authority by. */
    private static String name(X500Principal principal) {
        Matcher common = COMMON_NAME.matcher(principal.getName());
        String name = common.find() ? common.group(1).replaceAll("\\\\(.)", "$1") : principal.getName();
        return name.isBlank() ? "an authority without a name" : SafeText.line(name, LONGEST_NAME);
    }
}
