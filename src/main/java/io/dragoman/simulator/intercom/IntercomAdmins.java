// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.intercom;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The teammates of a workspace, and its tags: each has an id and a name. Thread-safe. */
final class IntercomAdmins {
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, String> tags = new ConcurrentHashMap<>();
    private final Supplier<String> ids;

    /** @param ids the next one */
    IntercomAdmins(Supplier<String> ids) {
        this.ids = ids;
    }

    String nextId() {
        return ids.get();
    }

    void add(String id, String name) {
        names.put(id, name);
    }

    boolean known(String id) {
        return names.containsKey(id);
    }

    /** Nobody's name is empty, as is that of the id 0. */
    String name(String id) {
        return names.getOrDefault(id, "");
    }

    /** The tag's id; a name that is new gets one. */
    String tagId(String name) {
        return tags.computeIfAbsent(name, any -> ids.get());
    }

    /** The empty string where there is no such tag. */
    String tagName(String id) {
        return tags.entrySet().stream()
                .filter(tag -> tag.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }
}
