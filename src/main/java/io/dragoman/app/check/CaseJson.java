// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Json;
import io.dragoman.yaml.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** JSON in recorded cases, compared as such: the order of fields does not count, the types of values do. */
final class CaseJson {
    private CaseJson() {}

    static void compare(String what, String expected, String actual) throws CaseFailed {
        JsonNode right;
        try {
            right = Json.tree(expected.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CaseFailed(what + ": what is expected is not JSON");
        }
        JsonNode there;
        try {
            there = Json.tree(actual.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw CaseFailed.differs(what, right.toString(), actual);
        }
        if (!right.equals(there)) {
            throw CaseFailed.differs(what, right.toString(), there.toString());
        }
    }

    /** The texts of a map such as that of headers, by lower-case name. */
    static Map<String, String> texts(Node node, String key) {
        Map<String, String> texts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        node.get(key).ifPresent(map -> map.entries().forEach((name, value) -> texts.put(name, value.text())));
        return texts;
    }

    static String text(Node node, String key, String otherwise) {
        return node.get(key).map(Node::text).orElse(otherwise);
    }
}
