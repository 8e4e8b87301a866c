// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.http.client.PublicNetworks;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/** Tells addresses whose traffic others can read on the way from those of a network of one's own. */
final class PlainHttp {
    /** Ends of names that no public name has: RFC 6761, 6762 and 8375, ICANN's .internal, and what is usual besides. */
    private static final Set<String> OWN = Set.of(
            "local",
            "localhost",
            "internal",
            "arpa",
            "test",
            "lan",
            "home",
            "corp",
            "intranet",
            "localdomain",
            "private",
            "svc");

    private PlainHttp() {}

    /** Whether this is http to somewhere on the public internet, as far as the address alone tells: nothing is looked up. */
    static boolean isPublic(URI address) {
        String host = address.getHost();
        if (!"http".equalsIgnoreCase(address.getScheme()) || host == null) {
            return false;
        }
        if (host.startsWith("[") || host.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return isPublic(host);
        }
        return host.indexOf('.') >= 0
                && !OWN.contains(host.substring(host.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean isPublic(String literal) {
        try {
            return PublicNetworks.isPublic(InetAddress.getByName(literal)); // looks up nothing
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
