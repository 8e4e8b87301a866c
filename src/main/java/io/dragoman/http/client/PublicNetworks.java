// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import io.dragoman.connector.Cidr;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/** Which addresses belong to the public internet (IANA special-purpose registries, RFC 6890). */
public final class PublicNetworks {
    private static final List<Cidr> SPECIAL_V4 = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10", // carriers' NAT, and Alibaba's metadata
            "127.0.0.0/8",
            "168.63.129.16/32", // Azure's host, reachable from every machine there
            "169.254.0.0/16", // link-local, and nearly every cloud's metadata
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** All else, such as ::1, v4-mapped, NAT64, unique local, link-local and multicast, is not public. */
    private static final Cidr UNICAST_V6 = Cidr.parse("2000::/3");

    private static final List<Cidr> SPECIAL_V6 = blocks(
            "2001::/23", // Teredo and others, which can carry a private IPv4 address
            "2001:db8::/32",
            "2002::/16", // 6to4, likewise
            "3fff::/20");

    private PublicNetworks() {}

    /** Whether it can be an address of the public internet. */
    public static boolean isPublic(InetAddress address) {
        if (address instanceof Inet6Address) {
            return UNICAST_V6.holds(address) && !holds(SPECIAL_V6, address);
        }
        return !holds(SPECIAL_V4, address);
    }

    static boolean holds(List<Cidr> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.holds(address));
    }

    private static List<Cidr> blocks(String... blocks) {
        return List.of(blocks).stream().map(Cidr::parse).toList();
    }
}
