// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.facts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Constants as rules and expressions write them. */
public final class EnumWords {
    private EnumWords() {}

    /** One of them. */
    public static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All of them, in order. */
    public static List<String> of(Enum<?>[] values) {
        return Arrays.stream(values).map(value -> of(value)).toList();
    }
}
