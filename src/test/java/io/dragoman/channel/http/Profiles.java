// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Profiles and accounts of them, for tests. */
final class Profiles {
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    private Profiles() {}

    /** The channel of a profile that is shipped. */
    static HttpChannel shipped(String name) {
        try {
            return (HttpChannel) new HttpChannel().profile(name, Path.of("src/test/no-such-home"));
        } catch (InvalidProfile e) {
            throw new AssertionError(e);
        }
    }

    /** The channel of a profile that is written here. */
    static HttpChannel of(String yaml) throws InvalidProfile {
        return new HttpChannel(new ChannelProfileReader().read("acme", "profiles/acme.yaml", yaml));
    }

    /** An account with these settings and the defaults of the others. */
    static Account account(HttpChannel channel, Map<String, String> texts) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : channel.settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null || setting.name().equals("profile")) {
                values.put(
                        setting.name(),
                        Objects.requireNonNull(setting.parser().apply(text == null ? "profile" : text)));
            }
        }
        return new Account(Side.CHANNEL, "texts", "http", values, false, HOME);
    }
}
