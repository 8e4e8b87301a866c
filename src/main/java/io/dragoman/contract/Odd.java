// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Bodies that no provider should post. */
final class Odd {
    private Odd() {}

    /** Small ones and huge ones, deep ones and broken ones. */
    static List<byte[]> bodies() {
        List<byte[]> bodies = new ArrayList<>();
        for (String body : List.of(
                "",
                " ",
                "null",
                "[]",
                "{}",
                "\"x\"",
                "7",
                "true",
                "nul",
                "{",
                "[[[[",
                "{\"a\":1,\"a\":2}",
                "[null]",
                "\ufeff{}",
                "a=b&c=%zz&=&&d",
                "%",
                "\u0000",
                "{} {}",
                "1e999999",
                "{\"entry\":[{\"changes\":[{}]}]}",
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "x".repeat(1_000_000),
                "[" + "0,".repeat(500_000) + "0]",
                "{\"text\":\"" + "y".repeat(1_000_000) + "\"}",
                "{\"n\":" + "9".repeat(50_000) + "}")) {
            bodies.add(body.getBytes(StandardCharsets.UTF_8));
        }
        bodies.add(new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc0, 0});
        return bodies;
    }

    /** Values of other types and of no sense. */
    static List<Supplier<JsonNode>> values() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return List.of(
                json::nullNode,
                json::objectNode,
                json::arrayNode,
                () -> json.arrayNode().addNull().add(1).add("x").addObject(),
                () -> json.textNode(""),
                () -> json.textNode(" "),
                () -> json.textNode("\ud800 \u0000 \udc00"),
                () -> json.textNode("9".repeat(400)),
                () -> json.textNode("-1"),
                () -> json.textNode("unheard-of"),
                () -> json.numberNode(-1),
                () -> json.numberNode(Long.MAX_VALUE),
                () -> json.numberNode(1e300),
                () -> json.booleanNode(true));
    }

    /** The same for bodies that have nothing but texts. */
    static List<String> texts() {
        return List.of("", " ", "\u0000", "9".repeat(400), "-1", "unheard-of", "<&%+\"'", "\u202e\u0301");
    }

    /** Every value of a JSON body replaced by each of these in turn; none for another body. */
    static List<byte[]> shapes(byte[] body, List<Supplier<JsonNode>> values) {
        JsonNode root;
        try {
            root = Json.tree(body);
        } catch (IOException e) {
            return List.of();
        }
        List<byte[]> bodies = new ArrayList<>();
        visit(
                root,
                (before, change) -> values.forEach(value -> {
                    change.accept(value.get());
                    // as text first: only so can lone surrogates be written, as escapes, like providers do
                    bodies.add(Json.write(root)
                            .replace("\ud800", "\\ud800")
                            .replace("\udc00", "\\udc00")
                            .getBytes(StandardCharsets.UTF_8));
                }));
        return bodies;
    }

    /** Shows every value of a JSON body in turn, with what puts another one in its place until the next. */
    static void visit(JsonNode node, BiConsumer<JsonNode, Consumer<JsonNode>> changes) {
        if (node instanceof ObjectNode object) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
            for (Map.Entry<String, JsonNode> field : fields) {
                String name = field.getKey();
                JsonNode before = object.get(name);
                changes.accept(before, value -> object.set(name, value));
                object.set(name, before);
                visit(before, changes);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                JsonNode before = array.get(i);
                changes.accept(before, value -> array.set(index, value));
                array.set(i, before);
                visit(before, changes);
            }
        }
    }
}
