// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.contract.SampleNotice;
import io.dragoman.model.Part;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Accounts as configuration makes them, and things to send. */
final class Parties {
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.shop.example"), new Secret("a key for tests"));

    private Parties() {}

    /** An account of a connector, with {@code port} in place of every port of this machine. */
    static Account account(Connector connector, Map<String, String> texts, int port) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : connector.settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                String moved = setting.name().endsWith(".port")
                        ? String.valueOf(port)
                        : text.replaceFirst("127\\.0\\.0\\.1:\\d+", "127.0.0.1:" + port);
                values.put(setting.name(), setting.parser().apply(moved));
            }
        }
        return new Account(connector.side(), "under-test", connector.kind(), values, false, HOME);
    }

    static Outbound.ToCustomer message(String address, String text) {
        return new Outbound.ToCustomer(
                "key of " + text,
                "01931c5e-7b1f-7c3a-9d2e-4f5a6b7c8d9e",
                "01931c5e-7b1f-7c3a-9d2e-4f5a6b7c8d9f",
                address,
                List.of(new Part.Text(text)),
                null,
                null,
                List.of(),
                "Mara",
                false);
    }

    static Outbound.ToDesk notice(String text) {
        return SampleNotice.of("key of " + text, text);
    }
}
