// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.ConnectorContract;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.connector.Webhook;
import io.dragoman.contract.SampleNotice;
import java.net.URI;
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
        Outcome outcome = new LocalDesk().deliver(account(), SampleNotice.of("key", "hello"), transport);
        assertThat(outcome).isEqualTo(new Outcome.Sent(null));
        assertThat(transport.calls()).isEmpty();
    }

    @Test
    void nobodyCanPostToIt() {
        assertThat(connector()).isNotInstanceOf(Webhook.class).isNotInstanceOf(Polled.class);
    }
}
