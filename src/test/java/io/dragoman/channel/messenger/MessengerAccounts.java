// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.messenger;

import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.simulator.HmacSigner;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Accounts and requests for tests. */
final class MessengerAccounts {
    static final String APP_SECRET = "app-secret-of-the-test";
    static final String ACCESS_TOKEN = "access-token-of-the-test";
    static final String VERIFY_TOKEN = "verify-token";
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private MessengerAccounts() {}

    static Account account(String baseUrl) {
        return of(Map.of(
                "pageId", "1045",
                "accessToken", ACCESS_TOKEN,
                "appSecret", APP_SECRET,
                "verifyToken", VERIFY_TOKEN,
                "appId", "271828182845",
                "baseUrl", baseUrl));
    }

    /** An account as the configuration makes it: texts through the settings' own parsers, defaults filled in. */
    static Account of(Map<String, String> texts) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : new Messenger().settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        Account.Installation home =
                new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));
        return new Account(Side.CHANNEL, "page", "messenger", values, false, home);
    }

    static Request signed(byte[] body) {
        String signature = "sha256=" + HmacSigner.hex("HmacSHA256", HmacSigner.utf8(APP_SECRET), body);
        Map<String, String> headers = Map.of("content-type", "application/json", "x-hub-signature-256", signature);
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/page", "", headers, body, NOW);
    }
}
