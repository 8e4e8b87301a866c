// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.model.Part;
import io.dragoman.simulator.x.XSimulator;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Accounts and messages for tests of this channel. */
final class XAccounts {
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    private XAccounts() {}

    /** As the configuration is read: groups have no defaults. */
    static Account of(Map<String, String> texts) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : XSettings.all()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "shop", "x", values, false, HOME);
    }

    static Account at(URI provider) {
        return of(Map.of(
                "userId",
                "111",
                "consumerKey",
                "the-consumer-key",
                "consumerSecret",
                "the-consumer-secret",
                "accessToken",
                "111-the-access-token",
                "accessTokenSecret",
                "the-access-token-secret",
                "baseUrl",
                provider.toString()));
    }

    /** An account of the simulator, with more settings. */
    static Account of(XSimulator simulator, String... more) {
        Map<String, String> texts = new HashMap<>(simulator.settings());
        for (int i = 0; i < more.length; i += 2) {
            texts.put(more[i], more[i + 1]);
        }
        return of(texts);
    }

    static ToCustomer message(String to, Part... parts) {
        return new ToCustomer("d-1", "m-1", "c-1", to, List.of(parts), null, null, List.of(), "Mara", false);
    }
}
