// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Connector.Side;
import io.dragoman.connector.ConnectorContract;
import io.dragoman.connector.Intake;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LocalDeskTest implements ConnectorContract {
    @Override
    public Connector connector() {
        return new LocalDesk();
    }

    @Override
    public Account account(URI provider) {
        Account.Installation home =
                new Account.Installation(URI.create("https://chat.example.com"), new Secret("installation-key"));
        return new Account(Side.DESK, "inbox", "local", Map.of(), false, home);
    }

    @Override
    public List<String> secrets() {
        return List.of("installation-key");
    }

    @Override
    public Account account() {
        return account(URI.create("http://127.0.0.1:9"));
    }

    @Test
    void everythingIsThereAlready() {
        PlainTransport transport = new PlainTransport();
        Outcome outcome = connector().send(account(), new Outbound.Seen("key", "address", "id"), transport);
        assertThat(outcome).isEqualTo(new Outcome.Sent(null));
        assertThat(transport.calls()).isEmpty();
    }

    @Test
    void nobodyCanPostToIt() {
        assertThat(connector().intake(account())).isEqualTo(Intake.NONE);
        Request request =
                new Request(Request.Origin.RECEIVED, "POST", "/desks/inbox", "", Map.of(), new byte[0], Instant.EPOCH);
        assertThatThrownBy(() -> connector().verify(account(), request)).isInstanceOf(AuthenticationFailed.class);
    }
}
