// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.matrix;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The users of a homeserver by their names. Thread-safe. */
final class MatrixUsers {
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789._-";

    private final String server;
    private final Map<String, String> names = new ConcurrentHashMap<>();

    MatrixUsers(String server) {
        this.server = server;
    }

    /** The id of somebody, made of their name (specification, "Mapping from other character sets"). */
    String id(String name) {
        StringBuilder local = new StringBuilder();
        for (byte b : name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)) {
            boolean plain = PLAIN.indexOf(b) >= 0;
            local.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "=%02x", b & 0xff));
        }
        String id = "@" + local + ":" + server;
        names.put(id, name);
        return id;
    }

    /** The name behind an id; something else where nobody is known by it. */
    String name(String id, String otherwise) {
        return names.getOrDefault(id, otherwise);
    }
}
