// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.facts;

import dev.cel.common.types.CelType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What expressions and replies see of something, declared once: each field with its type and where its value comes from.
 * Absent texts are empty.
 *
 * @param <S> what the values are taken from
 */
final class VariableTable<S> {
    private final List<Field<S>> fields;

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    VariableTable(Field<S>... fields) {
        this.fields = List.of(fields);
    }

    /** One field. */
    record Field<S>(String name, CelType type, Function<S, Object> value) {}

    Map<String, CelType> types() {
        Map<String, CelType> types = new LinkedHashMap<>();
        fields.forEach(field -> types.put(field.name(), field.type()));
        return Collections.unmodifiableMap(types);
    }

    Map<String, Object> values(S source) {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field.name(), field.value().apply(source)));
        return Collections.unmodifiableMap(values);
    }
}
