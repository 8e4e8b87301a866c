// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An enum's constants as words, {@code NOT_SENT} as {@code not-sent}: in JSON, in the configuration, and for people. */
public final class Words {
    private static final ClassValue<Table> TABLES = new ClassValue<>() {
        @Override
        protected Table computeValue(Class<?> type) {
            Map<String, String> byName = new HashMap<>();
            List<String> words = new ArrayList<>();
            for (Object constant : type.getEnumConstants()) {
                String name = ((Enum<?>) constant).name();
                words.add(of(name));
                byName.put(name, of(name));
            }
            return new Table(Map.copyOf(byName), List.copyOf(words));
        }
    };

    /** An enum's words, which every message is read and written with: made once. */
    private record Table(Map<String, String> byName, List<String> words) {}

    private Words() {}

    public static String of(Enum<?> value) {
        return TABLES.get(value.getDeclaringClass()).byName().getOrDefault(value.name(), "");
    }

    /** The word of a constant's name, as the store keeps it. */
    public static String of(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All words of an enum, in its order. */
    public static List<String> all(Class<? extends Enum<?>> type) {
        return TABLES.get(type).words();
    }

    /** The constant of a word; empty when it is none of this enum's. */
    public static <E extends Enum<E>> Optional<E> find(Class<E> type, String word) {
        int at = all(type).indexOf(word);
        return at < 0 ? Optional.empty() : Optional.of(type.getEnumConstants()[at]);
    }
}
