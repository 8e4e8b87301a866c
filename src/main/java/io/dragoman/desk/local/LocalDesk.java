// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.local;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Desk;
import io.dragoman.connector.DeskCapability;
import io.dragoman.connector.Features;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.SelfTest;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.model.DeskEvent;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The desk for who has none: its notices are in the store already, and answers are given with
 * {@code ./dragoman reply} or the API.
 */
@AutoService(Connector.class)
public final class LocalDesk implements Desk, SelfTest {
    @Override
    public String kind() {
        return "local";
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
    public Map<DeskCapability, String> capabilities() {
        return Map.of(DeskCapability.ANSWERS, "command line, API", DeskCapability.FILES_TO, "as links");
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of();
    }

    @Override
    public List<DeskEvent> read(Account account, Verified verified) throws MalformedPayload {
        throw new MalformedPayload("a local desk sends nothing");
    }

    @Override
    public Outcome deliver(Account account, ToDesk notice, Transport transport) {
        return new Outcome.Sent(null);
    }

    @Override
    public List<Check> test(Account account, Transport transport, Clock clock) {
        return List.of(Check.ok("the desk", "it is the gateway's own store: there is nothing outside to reach"));
    }

    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.IDEMPOTENT;
    }
}
