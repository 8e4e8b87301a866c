// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fuzz;

import io.dragoman.config.Connectors;
import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Accounts of the real connectors, as the configuration would make them. */
public final class Accounts {
    public static final String DESK_SECRET = "whsec_" + "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("the key of this place"));
    private static final Map<String, Map<String, String>> TEXTS = Map.of(
            "whatsapp",
            Map.of("phoneNumberId", "778", "accessToken", "t-wa", "appSecret", "s-wa", "verifyToken", "v-wa"),
            "twilio",
            Map.of("accountSid", "AC01", "authToken", "t-sms", "from", "+15550100"),
            "telegram",
            Map.of("token", "1:t-tg", "secretToken", "s-tg"),
            "email",
            Map.of("address", "support@shop.example", "marker", "## Please write above ##"),
            "webhook",
            Map.of("url", "https://desk.example.com/hook", "secret", DESK_SECRET),
            "route",
            Map.of("to", "direct:out"));

    private Accounts() {}

    public static Connector connector(String kind) {
        return Connectors.installed().stream()
                .filter(connector -> connector.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** A whole account of a kind. */
    public static Account account(String kind) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : connector(kind).settings()) {
            String text = TEXTS.get(kind).getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(connector(kind).side(), "shop", kind, values, false, HOME);
    }
}
