// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Setting;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of a map of settings.
 *
 * @param map by setting name, absent ones left out, defaults filled in, also for bad ones
 * @param bad the names of those whose value is no good, is missing although it is required, or was left open
 * @param complete whether everything in the map was good or left open, and no key unknown
 */
record SettingValues(Map<String, Object> map, Set<String> bad, boolean complete) {
    SettingValues {
        map = Map.copyOf(map);
        bad = Set.copyOf(bad);
    }

    /** Whether something can be said of these settings: each has a good value, its default, or is not there. */
    boolean valid(Setting<?>... settings) {
        for (Setting<?> setting : settings) {
            if (bad.contains(setting.name())) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked") // the value was made by this setting's parser
    <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable((T) map.get(setting.name()));
    }

    /** The value of a setting that has a default, which also stands for one that was not good. */
    <T> T get(Setting<T> setting) {
        return find(setting).orElseGet(() -> {
            String fallback = setting.fallback();
            if (fallback == null) {
                throw new IllegalStateException(setting.name() + " has no default");
            }
            return setting.parser().apply(fallback);
        });
    }

    @Override
    public String toString() {
        return "Values" + map.keySet();
    }
}
