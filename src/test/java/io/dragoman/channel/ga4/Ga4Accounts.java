// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.ga4;

import io.dragoman.connector.Account;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.simulator.ga4.Ga4Simulator;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Accounts at a simulated Google Analytics, for tests. */
public final class Ga4Accounts {
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key of the installation"));

    private Ga4Accounts() {}

    /**
     * The account {@code web}.
     *
     * @param more settings beside those of the simulator, or in their place
     */
    public static Account account(Ga4Simulator google, Map<String, String> more) {
        Map<String, String> texts = new HashMap<>(google.settings());
        texts.putAll(more);
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : new Ga4().settings()) {
            String text = String.valueOf(texts.getOrDefault(setting.name(), setting.fallback()));
            values.put(setting.name(), setting.parser().apply(text));
        }
        return new Account(Side.CHANNEL, "web", "ga4", values, false, HOME);
    }
}
