// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.local;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.Intake;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.model.Event;
import java.util.List;

/**
 * The desk for who has none: what it is told is in the store already, and answers are given with
 * {@code ./dragoman reply} or the API.
 */
public final class LocalDesk implements Connector {
    @Override
    public String kind() {
        return "local";
    }

    @Override
    public Side side() {
        return Side.DESK;
    }

    @Override
    public String description() {
        return "No helpdesk: conversations stay in the store, to be read and answered on the command line or by the API.";
    }

    @Override
    public Features features() {
        return Features.receives("command line, API").sends("keeps it in the store");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of();
    }

    @Override
    public Intake intake(Account account) {
        return Intake.NONE;
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        if (request.origin() == Request.Origin.RECEIVED) {
            throw new AuthenticationFailed(403, "this desk takes no requests");
        }
        return Signature.polled(request);
    }

    @Override
    public List<Event> read(Account account, Verified verified) throws MalformedPayload {
        throw new MalformedPayload("a local desk sends nothing");
    }

    @Override
    public Outcome send(Account account, Outbound outbound, Transport transport) {
        return new Outcome.Sent(null);
    }

    @Override
    public Limits limits(Account account) {
        return Limits.NONE;
    }

    @Override
    public Repeat repeat() {
        return Repeat.IDEMPOTENT;
    }
}
