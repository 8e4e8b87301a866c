// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Setting;
import io.dragoman.model.Words;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings that a profile declares, for those of its parts that name one. */
public final class SettingNames {
    private final Map<String, Setting<?>> settings;

    SettingNames(Map<String, Setting<?>> settings) {
        this.settings = settings;
    }

    /** The setting that a key names; a problem where there is no such one. */
    public String at(Section section, String key, String what) {
        String name = section.need(key, what);
        if (!name.isEmpty() && !settings.containsKey(name)) {
            section.unknown(key, name, "the setting", settings.keySet());
        }
        return name;
    }

    /** The same, of a type and one that every account has. */
    String sure(Section section, String key, Setting.Type type, String what) {
        String name = at(section, key, what);
        checkSure(section, key, type, name);
        return name;
    }

    /** The same of any number. */
    public List<String> allSure(Section section, String key, Setting.Type type) {
        List<String> names = section.texts(key);
        check(section, key, names);
        names.forEach(name -> checkSure(section, key, type, name));
        return names;
    }

    private void checkSure(Section section, String key, Setting.Type type, String name) {
        Setting<?> setting = settings.get(name);
        if (setting != null && setting.type() != type) {
            section.error(key, "names " + name + ", which must have type: " + Words.of(type) + ".");
        } else if (setting != null && !setting.required() && setting.fallback() == null) {
            section.error(
                    key,
                    "names " + name + ", which an account may lack. Give that setting required: true"
                            + (type == Setting.Type.SECRET ? "." : " or a default."));
        }
    }

    /** The same as {@link #at}, where requests are authenticated by it: only an insecure account may lack it. */
    String verifying(Section section, String key) {
        String name = at(section, key, "It names the setting with the secret.");
        Setting<?> setting = settings.get(name);
        if (setting != null && !setting.verifies() && !setting.required()) {
            section.error(
                    key,
                    "names " + name + ", without which requests would be taken unchecked. Give that setting"
                            + " verifies: true.");
        }
        return name;
    }

    /** The same of several, of which the first authenticates and the others may too, as while a secret changes. */
    List<String> allVerifying(Section section, String key) {
        List<String> names = section.texts(key);
        if (names.size() < 2) {
            return List.of(verifying(section, key));
        }
        check(section, key, names);
        Setting<?> first = settings.get(names.get(0));
        if (first != null && !first.verifies() && !first.required()) {
            section.error(key, "names " + names.get(0) + " first, which must have verifies: true.");
        }
        return names;
    }

    /** A problem for every name in a text that is no setting. */
    void check(Section section, String key, Iterable<String> names) {
        names.forEach(name -> {
            if (!settings.containsKey(name)) {
                section.unknown(key, name, "the setting", settings.keySet());
            }
        });
    }

    /** A problem where a profile that receives checks nothing. */
    void unverifying(Section root, @Nullable Receiving receiving) {
        if (receiving != null && receiving.checks().isEmpty()) {
            root.section("receive")
                    .ifPresent(
                            section -> section.error(
                                    "has no verify:, so that anybody could write as any customer. A"
                                            + " secret in the address is the least: verify: {token: {query: key, setting: urlSecret}}."));
        }
    }
}
