// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The values of an account's settings as texts, secrets too: for what goes to the provider, never to be shown. */
public final class SettingText {
    private SettingText() {}

    /** One of them; empty where the account does not have it. */
    public static Optional<String> find(Account account, String setting) {
        return Optional.ofNullable(account.values().get(setting)).map(SettingText::text);
    }

    /** All of them that expressions may see, by name. */
    public static Map<String, Object> all(Account account) {
        Map<String, Object> texts = new TreeMap<>();
        account.values().forEach((name, value) -> {
            if (!(value instanceof Profile)) {
                texts.put(name, value instanceof Number || value instanceof Boolean ? value : text(value));
            }
        });
        return texts;
    }

    /** Those that are no secrets, for expressions that read what is received. */
    public static Map<String, Object> open(Account account) {
        Map<String, Object> texts = all(account);
        account.values().forEach((name, value) -> {
            if (value instanceof Secret) {
                texts.remove(name);
            }
        });
        return texts;
    }

    private static String text(Object value) {
        return value instanceof Secret secret ? secret.value() : value.toString();
    }
}
