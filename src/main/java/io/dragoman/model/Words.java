// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An enum's constants as words, {@code NOT_SENT} as {@code not-sent}: in JSON, in the configuration, and for people. */
public final class Words {
    private static final ClassValue<List<String>> WORDS = new ClassValue<>() {
        @Override
        protected List<String> computeValue(Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .map(value -> of(((Enum<?>) value).name()))
                    .toList();
        }
    };

    private Words() {}

    public static String of(Enum<?> value) {
        return WORDS.get(value.getDeclaringClass()).get(value.ordinal());
    }

    /** The word of a constant's name, as the store keeps it. */
    public static String of(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All words of an enum, in its order. */
    public static List<String> all(Class<? extends Enum<?>> type) {
        return WORDS.get(type);
    }

    /** The constant of a word; empty when it is none of this enum's. */
    public static <E extends Enum<E>> Optional<E> find(Class<E> type, String word) {
        int at = WORDS.get(type).indexOf(word);
        return at < 0 ? Optional.empty() : Optional.of(type.getEnumConstants()[at]);
    }
}
