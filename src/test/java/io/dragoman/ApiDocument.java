// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dragoman.admin.AdminPort;
import io.dragoman.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * The description of the admin port, held against what it answers: whatever a test asks must be answered with a
 * described status and a body in which every field is described.
 */
public final class ApiDocument {
    private static final JsonNode DOCUMENT = document();

    private ApiDocument() {}

    /** The whole document. */
    public static JsonNode document() {
        try (InputStream in = AdminPort.class.getResourceAsStream("openapi.json")) {
            return Json.tree(in.readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The words that a schema's field allows. */
    static List<String> words(String pointer) {
        return words(DOCUMENT.at("/components/schemas/" + pointer + "/enum"));
    }

    /** Demands that an answer is as described; what is asked of no described path must be refused. */
    static void demand(String method, String path, HttpResponse<String> response) {
        String bare = path.split("\\?", 2)[0];
        JsonNode operation = DOCUMENT.path("paths").properties().stream()
                .filter(entry -> bare.matches(entry.getKey().replaceAll("\\{\\w+}", "[^/]+")))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(MissingNode.getInstance())
                .path(method.toLowerCase(java.util.Locale.ROOT));
        int status = response.statusCode();
        if (status >= 400 || operation.isMissingNode()) {
            return; // problem details, which the tests of refusals look at
        }
        JsonNode answer = resolved(operation.path("responses").path(Integer.toString(status)));
        JsonNode schema = answer.at("/content/application~1json/schema");
        String type = response.headers().firstValue("Content-Type").orElse("");
        List<String> problems = new ArrayList<>();
        if (answer.isMissingNode()) {
            problems.add("the status " + status + " is not described");
        } else if (type.startsWith("application/json")) {
            try {
                check(schema, Json.tree(response.body().getBytes(StandardCharsets.UTF_8)), "", problems);
            } catch (IOException e) {
                problems.add("no JSON");
            }
        }
        if (!problems.isEmpty()) {
            throw new AssertionError(method + " " + path + ": " + String.join("; ", problems));
        }
    }

    /** What of a value is not as the schema at a place of the document says. */
    public static List<String> problems(String pointer, JsonNode value) {
        List<String> problems = new ArrayList<>();
        check(DOCUMENT.at(pointer), value, "", problems);
        return problems;
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static void check(JsonNode described, JsonNode value, String at, List<String> problems) {
        JsonNode schema = resolved(described);
        if (schema.has("oneOf")) {
            boolean any = false;
            for (JsonNode one : schema.path("oneOf")) {
                List<String> found = new ArrayList<>();
                check(one, value, at, found);
                any |= found.isEmpty();
            }
            if (!any) {
                problems.add(at + " is none of those described");
            }
            return;
        }
        if (schema.isMissingNode()) {
            problems.add(at + " is not described");
            return;
        }
        JsonNode type = schema.path("type");
        List<String> types = type.isArray() ? words(type) : List.of(type.asText(""));
        if (types.stream().noneMatch(one -> isOf(one, value))) {
            problems.add(at + " is none of " + types);
            return;
        }
        if (schema.has("enum") && !words(schema.path("enum")).contains(value.asText())) {
            problems.add(at + " is " + value.asText() + ", which is not among the described");
        }
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                problems.add(at + "/" + name.asText() + " is missing");
            }
        }
        if (value.isObject() && schema.has("properties")) {
            boolean more = schema.path("additionalProperties").asBoolean();
            value.properties().stream()
                    .filter(field -> !more || schema.path("properties").has(field.getKey()))
                    .forEach(field -> check(
                            schema.path("properties").path(field.getKey()),
                            field.getValue(),
                            at + "/" + field.getKey(),
                            problems));
        }
        if (value.isArray() && schema.has("items")) {
            value.forEach(one -> check(schema.path("items"), one, at + "/*", problems));
        }
    }

    private static List<String> words(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            case "null" -> value.isNull();
            default -> true;
        };
    }
}
