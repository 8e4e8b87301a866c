// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes settings as a person would into a YAML file. */
public final class YamlText {
    private YamlText() {}

    /**
     * One entry of {@code channels.yaml} or {@code desks.yaml}, indented by two.
     *
     * @param settings by name; a dot in a name is a level
     */
    public static String account(String id, String kind, Map<String, String> settings) {
        StringBuilder text = new StringBuilder("  " + id + ":\n    kind: " + kind + "\n");
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        new TreeMap<>(settings).forEach((name, value) -> {
            int dot = name.indexOf('.');
            if (dot < 0) {
                text.append("    ")
                        .append(name)
                        .append(": ")
                        .append(quoted(value))
                        .append('\n');
            } else {
                groups.computeIfAbsent(name.substring(0, dot), group -> new LinkedHashMap<>())
                        .put(name.substring(dot + 1), value);
            }
        });
        groups.forEach((group, values) -> {
            text.append("    ").append(group).append(":\n");
            values.forEach((name, value) -> text.append("      ")
                    .append(name)
                    .append(": ")
                    .append(quoted(value))
                    .append('\n'));
        });
        return text.toString();
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
