// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.Part;
import java.util.ArrayList;
import java.util.List;

/** What somebody wrote into a form. Of its labels Discord repeats nothing but the ids. */
record FormAnswers(JsonFields data) {
    private static final int DEEPEST = 4;

    List<Part> parts() {
        List<JsonFields> fields = new ArrayList<>();
        fields(data, fields, 0);
        List<String> lines = new ArrayList<>();
        for (JsonFields field : fields) {
            List<String> values = new ArrayList<>();
            String value = field.word("value");
            if (value != null) {
                values.add(value);
            }
            field.node().path("values").forEach(one -> values.add(JsonFields.clean(one.asText())));
            if (!values.isEmpty()) {
                String name = field.word("custom_id");
                String words = String.join(", ", values);
                lines.add(fields.size() == 1 || name == null ? words : name + ": " + words);
            }
        }
        return new PartList().text(String.join("\n", lines)).parts();
    }

    /** Fields stand in rows, or each in a label. */
    private static void fields(JsonFields holder, List<JsonFields> fields, int depth) {
        List<JsonFields> inside = new ArrayList<>(holder.each("components"));
        if (holder.node().path("component").isObject()) {
            inside.add(holder.inner("component"));
        }
        for (JsonFields one : inside) {
            if (one.has("value") || one.node().path("values").isArray()) {
                fields.add(one);
            }
            if (depth < DEEPEST) {
                fields(one, fields, depth + 1);
            }
        }
    }
}
