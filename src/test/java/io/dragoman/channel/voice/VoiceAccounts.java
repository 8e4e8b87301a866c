// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.voice;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.security.RequestValidator;
import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.simulator.UrlEncoded;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Accounts, and requests as Twilio's own SDK signs them. */
final class VoiceAccounts {
    static final String TOKEN = "the-auth-token";
    static final String ADDRESS = "https://chat.example.com/channels/phone";
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    private VoiceAccounts() {}

    static Account account(String... more) {
        Map<String, String> texts = new HashMap<>(Map.of("accountSid", "AC01", "authToken", TOKEN));
        for (int i = 0; i < more.length; i += 2) {
            texts.put(more[i], more[i + 1]);
        }
        return account(texts);
    }

    static Account account(Map<String, String> texts) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : new Voice().settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "phone", "voice", values, false, HOME);
    }

    static Account account(JsonNode settings) {
        Map<String, String> texts = new HashMap<>(Map.of("accountSid", "AC01", "authToken", TOKEN));
        settings.properties()
                .forEach(one -> texts.put(one.getKey(), one.getValue().asText()));
        return account(texts);
    }

    /** What Twilio posts, signed by its SDK. */
    static Request posted(String query, Map<String, String> form) {
        String url = ADDRESS + (query.isEmpty() ? "" : "?" + query);
        return new Request(
                Request.Origin.RECEIVED,
                "POST",
                "/channels/phone",
                query,
                Map.of(
                        "content-type",
                        "application/x-www-form-urlencoded; charset=UTF-8",
                        "x-twilio-signature",
                        sign(url, form)),
                UrlEncoded.write(form).getBytes(StandardCharsets.UTF_8),
                NOW);
    }

    static Map<String, String> form(JsonNode fields) {
        Map<String, String> form = new LinkedHashMap<>();
        fields.properties().forEach(one -> form.put(one.getKey(), one.getValue().asText()));
        return form;
    }

    /** The SDK signs only inside itself. */
    private static String sign(String url, Map<String, String> params) {
        try {
            Method method = RequestValidator.class.getDeclaredMethod("getValidationSignature", String.class, Map.class);
            method.setAccessible(true);
            return String.valueOf(method.invoke(new RequestValidator(TOKEN), url, params));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the SDK has changed inside", e);
        }
    }
}
