// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.dragoman.connector.Cidr;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The client address that a request counts for. A proxy's header is trusted only where the operator configured it. */
public final class ClientAddressResolver {
    /** Only what InetAddress reads as a literal: a name would ask the DNS. */
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private static final int LONGEST = 1024;
    private static final int NETWORK = 8;

    private final List<Cidr> proxies;

    ClientAddressResolver(List<Cidr> proxies) {
        this.proxies = proxies;
    }

    /**
     * The address that a request counts for: of IPv6 its network, since everybody there has billions of addresses.
     *
     * @param peer who is connected
     * @param forwarded the values of {@code X-Forwarded-For}, in order
     */
    String of(String peer, List<String> forwarded) {
        return network(client(peer, forwarded));
    }

    /** The address of whoever sent it, whole. */
    String client(String peer, List<String> forwarded) {
        String address = peer;
        if (!proxies.isEmpty() && isProxy(peer)) {
            String[] hops = String.join(",", forwarded).split(",", -1);
            // from the right: what is further left the client itself may have written
            for (int i = hops.length - 1; i >= 0 && isProxy(address); i--) {
                String hop = hops[i].strip();
                if (parse(hop) == null) {
                    break;
                }
                address = hop;
            }
        }
        return address;
    }

    /** Whether the word of this peer is taken. */
    boolean trusts(String peer) {
        return isProxy(peer);
    }

    private boolean isProxy(String address) {
        InetAddress parsed = parse(address);
        return parsed != null && proxies.stream().anyMatch(proxy -> proxy.holds(parsed));
    }

    /** The network of an IPv6 address, in which everybody has billions of them; any other address itself. */
    public static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        InetAddress parsed = parse(address);
        if (parsed == null || parsed.getAddress().length == 4) {
            return parsed == null ? address : String.valueOf(parsed.getHostAddress());
        }
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < NETWORK; i++) {
            network.append(String.format(Locale.ROOT, "%02x", parsed.getAddress()[i]));
        }
        return network.toString();
    }

    private static @Nullable InetAddress parse(String address) {
        int zone = address.indexOf('%');
        String bare = zone < 0 ? address : address.substring(0, zone);
        if (bare.length() > LONGEST || !LITERAL.matcher(bare).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(bare);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
