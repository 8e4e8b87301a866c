// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object as the fields of a form: a list repeats its name, an object is JSON inside its field. */
final class FieldValues {
    private FieldValues() {}

    /** The values by their names, in order. */
    static Map<String, List<String>> of(Expression fields, Map<String, Object> context) throws ExpressionFailed {
        if (!(fields.evaluate(context, context) instanceof Map<?, ?> map)) {
            throw new ExpressionFailed(fields.place() + " gave no object");
        }
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (Map.Entry<?, ?> field : map.entrySet()) {
            List<String> values = new ArrayList<>();
            for (Object value : field.getValue() instanceof List<?> list ? list : List.of(field.getValue())) {
                values.add(value instanceof Map ? BodyTemplate.written(value, fields) : plain(value));
            }
            all.put(String.valueOf(field.getKey()), values);
        }
        return all;
    }

    private static String plain(Object value) {
        String text = value instanceof String raw ? raw : Expression.asText(value);
        return text == null ? "" : text;
    }
}
