// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.Desk;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An account of a shipped profile, with some value for each setting that the profile itself has. */
final class AnyAccount {
    private AnyAccount() {}

    static Account of(Desk desk) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : desk.settings()) {
            Object value =
                    switch (setting.type()) {
                        case SECRET -> new Secret("secret");
                        case URL -> URI.create("https://acme.example");
                        case INTEGER -> 7;
                        default -> setting.name().equals("domain") ? "customers.example" : "x1";
                    };
            if (List.of(
                            "teams",
                            "assignees",
                            "pollEvery",
                            "pollBack",
                            "onUncertain",
                            "webhookUrl",
                            "callbackUrl",
                            "publicUrl")
                    .contains(setting.name())) {
                continue;
            }
            values.put(setting.name(), value);
        }
        return new Account(
                Side.DESK,
                "helpdesk",
                "http",
                values,
                false,
                new Account.Installation(URI.create("https://chat.example"), new Secret("key")));
    }
}
