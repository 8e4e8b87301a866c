// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Desk;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.ReadMarker;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Webhook;

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
