// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import io.dragoman.connector.Cidr;
import io.dragoman.connector.TransportFailure;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Keeps a link in a message from leading into our own network. The HTTP client connects only to addresses that this
 * resolver has checked, in the same look-up: a name that changes its mind between check and use gains nothing.
 * Thread-safe.
 */
public final class SsrfGuard implements DnsResolver {
    private static final Set<Integer> WEB = Set.of(80, 443);
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern DOTTED = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
    private static final Pattern NUMBER = Pattern.compile("0x[0-9a-f]*|[0-9]+");

    private final boolean plainHttp;
    private final Set<String> plainHosts;
    private final Set<Integer> ports;
    private final List<Cidr> allowed;
    private final DnsResolver names;

    /** A guard for ports 80 and 443 and the system's names. */
    public SsrfGuard(boolean plainHttp, List<Cidr> allowPrivate) {
        this(plainHttp, WEB, allowPrivate, SystemDefaultDnsResolver.INSTANCE);
    }

    /**
     * The guard of a gateway.
     *
     * @param plainHosts hosts, in lower case and each with its port, that may be asked by {@code http:}
     */
    public SsrfGuard(Set<String> plainHosts, List<Cidr> allowPrivate) {
        this(false, plainHosts, WEB, allowPrivate, SystemDefaultDnsResolver.INSTANCE);
    }

    /**
     * @param plainHttp whether {@code http:} will do
     * @param ports the only ports that may be asked for
     * @param allowPrivate blocks of addresses that are allowed though not public, such as {@code 10.1.0.0/16}
     * @param names who knows the addresses of a name
     */
    public SsrfGuard(boolean plainHttp, Set<Integer> ports, List<Cidr> allowPrivate, DnsResolver names) {
        this(plainHttp, Set.of(), ports, allowPrivate, names);
    }

    private SsrfGuard(
            boolean plainHttp, Set<String> plainHosts, Set<Integer> ports, List<Cidr> allowPrivate, DnsResolver names) {
        this.plainHttp = plainHttp;
        this.plainHosts = Set.copyOf(plainHosts);
        this.ports = Set.copyOf(ports);
        this.allowed = List.copyOf(allowPrivate);
        this.names = names;
    }

    /** Refuses what the text of an address alone gives away. */
    void check(URI uri) throws TransportFailure {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(uri.getHost());
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        boolean plain = scheme.equals("http") && plainHosts.contains(host.toLowerCase(Locale.ROOT) + ":" + port);
        if (!plain && !scheme.equals("https") && !(plainHttp && scheme.equals("http"))) {
            throw refused(host + " is not allowed without TLS");
        }
        if (!plain && !ports.contains(port)) {
            throw refused(host + " is not allowed on port " + port);
        }
        if (isOddlySpelt(host)) {
            throw refused(host + " is no plain name or address");
        }
    }

    /** Why the address will never be asked, as far as its text alone tells; names are not looked up. */
    public Optional<String> refusal(URI uri) {
        try {
            check(uri);
            String host = String.valueOf(uri.getHost());
            if (host.startsWith("[") || DOTTED.matcher(host).matches()) {
                allowed(host, InetAddress.getByName(host));
            }
            return Optional.empty();
        } catch (TransportFailure | UnknownHostException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        if (addresses == null || addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        for (InetAddress address : addresses) {
            // one bad address spoils them all: an honest name has no private one among its public ones
            allowed(host, address);
        }
        return addresses;
    }

    private void allowed(String host, InetAddress address) throws Blocked {
        if (!PublicNetworks.isPublic(address) && !PublicNetworks.holds(allowed, address)) {
            throw new Blocked(host);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** Numbers in any spelling but the plain one: parsers disagree about 0177.1, 0x7f.1 and 2130706433. */
    private static boolean isOddlySpelt(String host) {
        if (host.startsWith("[")) {
            return host.contains("%"); // a zone index exists on this machine only
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return NUMBER.matcher(last).matches() && !DOTTED.matcher(name).matches();
    }

    private static TransportFailure refused(String message) {
        return TransportFailure.forbidden(message);
    }

    /** A name with an address that is not public. */
    static final class Blocked extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Blocked(String host) {
            super(host + " points into a private network");
        }
    }
}
