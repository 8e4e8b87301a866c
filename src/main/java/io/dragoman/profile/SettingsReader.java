// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Profiled;
import io.dragoman.connector.Setting;
import io.dragoman.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code settings}: what an account of the profile is to be given. */
final class SettingsReader {
    private static final String NAME = "[a-z][A-Za-z0-9]*";
    private static final Set<String> TAKEN = Set.of(
            "kind",
            "insecure",
            "enabled",
            "tls",
            Profiled.SETTING,
            "onUncertain",
            "webhookUrl",
            "trustProxy",
            "pollEvery",
            "pollBack",
            "lookUpAge",
            "lookUpTimeout");

    private final Section root;

    SettingsReader(Section root) {
        this.root = root;
    }

    Map<String, Setting<?>> read() {
        Map<String, Setting<?>> settings = new LinkedHashMap<>();
        Node all = root.node().get("settings").orElse(null);
        if (all != null) {
            all.needEntries(root.problems()).forEach((name, node) -> settings.put(name, setting(name, root.of(node))));
        }
        return settings;
    }

    private Setting<?> setting(String name, Section section) {
        section.allow("type", "about", "required", "verifies", "default", "words");
        String about = section.need("about", "It is one sentence: what it is and where to find it.");
        if (!name.matches(NAME) || TAKEN.contains(name)) {
            section.error(
                    TAKEN.contains(name)
                            ? "has a name that every channel's own setting has. Choose another."
                            : "has a name that must be letters and digits, the first a small one.");
        }
        if (!about.isEmpty() && (!about.endsWith(".") || about.length() <= 15 || !about.matches("[A-Z0-9].*"))) {
            section.error("about", "must be a sentence of more than 15 characters, from capital to full stop.");
        }
        String type = section.word("type", "text", "secret", "url", "integer", "flag", "duration", "choice");
        if (name.matches("(?i).*(password|token|secret|apikey)") && !type.equals("secret")) {
            section.error("has the name of a secret, so it must have type: secret.");
        }
        Setting<?> setting = of(type, name, about, section);
        if (section.has("default")) {
            return withDefault(setting, section);
        }
        return section.flag("required") ? setting.need() : setting;
    }

    private static Setting<?> of(String type, String name, String about, Section section) {
        return switch (type) {
            case "secret" -> section.flag("verifies") ? Setting.verifying(name, about) : Setting.secret(name, about);
            case "url" -> Setting.url(name, about);
            case "integer" -> Setting.integer(name, about, 0, Integer.MAX_VALUE);
            case "flag" -> Setting.flag(name, about);
            case "duration" -> Setting.duration(name, about);
            case "choice" -> choice(name, about, section.texts("words"));
            default -> Setting.text(name, about);
        };
    }

    private static Setting<String> choice(String name, String about, List<String> words) {
        return new Setting<>(name, about, Setting.Type.CHOICE, null, false, words, text -> {
            if (!words.contains(text)) {
                throw new IllegalArgumentException("must be one of " + String.join(", ", words));
            }
            return text;
        });
    }

    private static Setting<?> withDefault(Setting<?> setting, Section section) {
        String value = section.text("default", "");
        if (section.flag("required") || setting.type() == Setting.Type.SECRET) {
            section.error("default", "cannot be there for what is required or secret.");
            return setting;
        }
        section.parsed("default", value, text -> setting.parser().apply(text) == null, false);
        return setting.or(value);
    }
}
