// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Accounts and requests for the tests of this package. */
final class TwilioAccounts {
    static final Instant NOW = Instant.parse("2026-11-21T10:02:11.120Z");
    static final String TOKEN = "auth-token-of-the-tests";
    static final Map<String, String> SMS =
            Map.of("accountSid", "AC01", "authToken", TOKEN, "from", "+15550100", "baseUrl", "http://127.0.0.1:9");

    private TwilioAccounts() {}

    /** An account with these settings, defaults filled in. */
    static Account account(String publicUrl, Map<String, String> settings) {
        return account(publicUrl, settings, false);
    }

    static Account account(String publicUrl, Map<String, String> settings, boolean insecure) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : new Twilio().settings()) {
            String text = settings.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(
                Side.CHANNEL,
                "sms",
                "twilio",
                values,
                insecure,
                new Account.Installation(URI.create(publicUrl), new Secret("installation-key")));
    }

    static Account account(Map<String, String> settings) {
        return account("https://chat.example.com", settings);
    }

    /** {@link #SMS} with some settings changed; an empty value removes one. */
    static Map<String, String> sms(String... changes) {
        Map<String, String> settings = new HashMap<>(SMS);
        for (int i = 0; i < changes.length; i += 2) {
            settings.put(changes[i], changes[i + 1]);
        }
        settings.values().removeIf(String::isEmpty);
        return settings;
    }

    static Request post(String query, byte[] body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(Map.of("content-type", "application/x-www-form-urlencoded"));
        all.putAll(headers);
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/sms", query, all, body, NOW);
    }

    static Request post(String query, String body, String signature) {
        return post(query, body.getBytes(StandardCharsets.UTF_8), Map.of("x-twilio-signature", signature));
    }

    /** With the header that names the key and the algorithm. */
    static Request post(String query, String body, String signature, String settings) {
        return post(
                query,
                body.getBytes(StandardCharsets.UTF_8),
                Map.of("x-twilio-signature", signature, "x-twilio-webhooks-signature-settings", settings));
    }

    static Request get(String query, String signature) {
        Map<String, String> headers = Map.of("x-twilio-signature", signature);
        return new Request(Request.Origin.RECEIVED, "GET", "/channels/sms", query, headers, new byte[0], NOW);
    }
}
