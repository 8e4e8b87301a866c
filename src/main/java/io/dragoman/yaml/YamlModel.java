// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a YAML text says, without how it is written: maps in order, lists, texts, and nothing. */
final class YamlModel {
    private static final String NOTHING = "\0";

    private YamlModel() {}

    static Object of(@Nullable Node node) {
        if (node == null) {
            return NOTHING;
        }
        return switch (node.shape()) {
            case TEXT -> "=" + node.text();
            case EMPTY -> NOTHING;
            case LIST -> node.items().stream().map(YamlModel::of).toList();
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                node.entries().forEach((name, value) -> map.put(name, of(value)));
                yield map;
            }
        };
    }

    /** The same with values of one entry of a section set and removed. */
    static Object with(Object model, String section, String id, Map<String, String> set, Set<String> remove) {
        Map<String, Object> root = copy(model);
        Map<String, Object> all = copy(root.getOrDefault(section, NOTHING));
        Map<String, Object> one = copy(all.getOrDefault(id, NOTHING));
        remove.forEach(name -> remove(one, name));
        set.forEach((name, text) -> set(one, name, text));
        all.put(id, one);
        root.put(section, all);
        return root;
    }

    /** The same with a value at the top level. */
    static Object with(Object model, String name, String value) {
        Map<String, Object> root = copy(model);
        root.put(name, "=" + value);
        return root;
    }

    /** The same without an entry of a section. */
    static Object without(Object model, String section, String id) {
        Map<String, Object> root = copy(model);
        Map<String, Object> all = copy(root.getOrDefault(section, NOTHING));
        all.remove(id);
        root.put(section, all.isEmpty() ? NOTHING : all);
        return root;
    }

    private static void set(Map<String, Object> map, String name, String text) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            map.put(name, "=" + text);
            return;
        }
        String group = name.substring(0, dot);
        Map<String, Object> inside = copy(map.getOrDefault(group, NOTHING));
        set(inside, name.substring(dot + 1), text);
        map.put(group, inside);
    }

    /** A group that has nothing left goes too. */
    private static void remove(Map<String, Object> map, String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            map.remove(name);
            return;
        }
        String group = name.substring(0, dot);
        if (map.get(group) instanceof Map) {
            Map<String, Object> inside = copy(map.get(group));
            remove(inside, name.substring(dot + 1));
            map.put(group, inside);
            if (inside.isEmpty()) {
                map.remove(group);
            }
        }
    }

    private static Map<String, Object> copy(@Nullable Object model) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (model instanceof Map<?, ?> map) {
            map.forEach((name, value) -> copy.put(String.valueOf(name), value));
        }
        return copy;
    }
}
