// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Accounts and requests for tests. */
final class Accounts {
    static final String APP_SECRET = "app-secret-of-the-test";
    static final String ACCESS_TOKEN = "access-token-of-the-test";
    static final String VERIFY_TOKEN = "verify-token";
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private Accounts() {}

    static Account account(String baseUrl) {
        return account(baseUrl, Map.of());
    }

    /** An account as the configuration makes it: texts through the settings' own parsers, defaults filled in. */
    static Account account(String baseUrl, Map<String, String> changes) {
        Map<String, String> texts = new HashMap<>(Map.of(
                "phoneNumberId", "778",
                "accessToken", ACCESS_TOKEN,
                "appSecret", APP_SECRET,
                "verifyToken", VERIFY_TOKEN,
                "baseUrl", baseUrl));
        texts.putAll(changes);
        return of(texts, false);
    }

    static Account withoutSecret(boolean insecure) {
        return of(Map.of("phoneNumberId", "778", "accessToken", ACCESS_TOKEN, "verifyToken", VERIFY_TOKEN), insecure);
    }

    static Account of(Map<String, String> texts, boolean insecure) {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : new WhatsApp().settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        Account.Installation home =
                new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));
        return new Account(Side.CHANNEL, "shop-whatsapp", "whatsapp", values, insecure, home);
    }

    static List<String> secrets() {
        return List.of(APP_SECRET, ACCESS_TOKEN, VERIFY_TOKEN);
    }

    static Request get(String query) {
        return new Request(
                Request.Origin.RECEIVED, "GET", "/channels/shop-whatsapp", query, Map.of(), new byte[0], NOW);
    }

    static Request post(byte[] body, String signature) {
        return new Request(
                Request.Origin.RECEIVED,
                "POST",
                "/channels/shop-whatsapp",
                "",
                Map.of("content-type", "application/json", "x-hub-signature-256", signature),
                body,
                NOW);
    }

    /** Signed by hand: RFC 2104 written out, so that it shares nothing with the code under test. */
    static Request signed(byte[] body) {
        byte[] key = APP_SECRET.getBytes(StandardCharsets.UTF_8);
        byte[] inner = sha256(join(pad(key, 0x36), body));
        byte[] outer = sha256(join(pad(key, 0x5c), inner));
        StringBuilder hex = new StringBuilder("sha256=");
        for (byte one : outer) {
            hex.append(Character.forDigit(one >> 4 & 15, 16)).append(Character.forDigit(one & 15, 16));
        }
        return post(body, hex.toString());
    }

    private static byte[] pad(byte[] key, int with) {
        byte[] pad = java.util.Arrays.copyOf(key, 64);
        for (int i = 0; i < pad.length; i++) {
            pad[i] ^= (byte) with;
        }
        return pad;
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] whole = java.util.Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, whole, head.length, tail.length);
        return whole;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
