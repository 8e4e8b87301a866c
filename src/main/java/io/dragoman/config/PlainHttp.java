// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Cidr;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
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

    private static final List<Cidr> OWN_NETWORKS = List.of(
                    "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16")
            .stream()
            .map(Cidr::parse)
            .toList();

    private PlainHttp() {}

    /** Whether this is http to somewhere on the public internet, as far as the address alone tells: nothing is looked up. */
    static boolean isPublic(URI address) {
        String host = address.getHost();
        if (!"http".equalsIgnoreCase(address.getScheme())
                || host == null
                || host.indexOf('.') < 0
                || host.startsWith("[")) {
            return false;
        }
        if (host.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return isPublic(host);
        }
        return !OWN.contains(host.substring(host.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean isPublic(String literal) {
        try {
            InetAddress address = InetAddress.getByName(literal); // looks up nothing
            return OWN_NETWORKS.stream().noneMatch(network -> network.holds(address));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
