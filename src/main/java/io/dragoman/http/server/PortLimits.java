// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import io.dragoman.connector.Cidr;
import java.util.List;

/**
 * The limits of a port.
 *
 * @param body the largest body in bytes; a larger one is answered 413
 * @param rate how many requests a second one address may send, with a second's worth at once; 0 for any number
 * @param refused how many refusals a minute one address may cause; beyond, it gets 429
 * @param bodies how many bytes of bodies may be held at once, all together; beyond, 503
 * @param connections how many connections may be open
 * @param proxies whose word is taken for where a request came from
 */
public record PortLimits(int body, int rate, int refused, long bodies, int connections, List<Cidr> proxies) {
    public PortLimits {
        proxies = List.copyOf(proxies);
        bodies = Math.max(bodies, body); // or the largest could never come in
    }

    /** The same with another largest body. */
    public PortLimits body(int largest) {
        return new PortLimits(largest, rate, refused, bodies, connections, proxies);
    }

    /**
     * The same for one of several that share a port with these limits: nobody takes more than half of what all have, and
     * whose word is taken is the port's matter.
     */
    PortLimits within(PortLimits all) {
        return new PortLimits(
                body,
                rate,
                refused,
                Math.min(bodies, all.bodies / 2),
                Math.min(connections, Math.max(1, all.connections / 2)),
                all.proxies);
    }
}
