// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** Sends whatever there is to be sent through the method of a connector that is for it. */
public final class Performing {
    private Performing() {}

    public static Outcome send(Connector connector, Account account, Outbound outbound, Transport transport) {
        if (outbound instanceof Outbound.ToDesk notice) {
            return ((Desk) connector).deliver(account, notice, transport);
        } else if (outbound instanceof Outbound.ReadReceipt receipt) {
            return ((ReadMarker) connector).markRead(account, receipt, transport);
        }
        return ((Channel) connector).send(account, (Outbound.ToCustomer) outbound, transport);
    }

    /** Checks a request as the intake does: what was posted must prove itself, what we fetched has. */
    public static Verified verify(Connector connector, Account account, Request request) throws AuthenticationFailed {
        return request.origin() == Request.Origin.RECEIVED
                ? ((Webhook) connector).verify(account, request)
                : Signature.polled(request);
    }
}
