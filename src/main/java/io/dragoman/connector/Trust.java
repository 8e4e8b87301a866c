// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

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
}
