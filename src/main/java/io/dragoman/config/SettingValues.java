// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Setting;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a map of settings.
 *
 * @param map by setting name, absent ones left out, defaults filled in
 * @param complete whether every setting was good; else some that are required may be missing here
 */
record SettingValues(Map<String, Object> map, boolean complete) {
    SettingValues {
        map = Map.copyOf(map);
    }

    @SuppressWarnings("unchecked") // the value was made by this setting's parser
    <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable((T) map.get(setting.name()));
    }

    /** The value, or the default where the given one was not good: reading goes on to find more problems. */
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
