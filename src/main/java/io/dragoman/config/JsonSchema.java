// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Setting;
import io.dragoman.model.Json;
import io.dragoman.rules.schema.SchemaKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JSON schema of all files of {@code config/}, for editors: their top-level keys differ, so that one schema serves
 * every file.
 */
public final class JsonSchema {
    private static final JsonNodeFactory NEW = JsonNodeFactory.instance;
    private static final String REFERENCE = "\\$\\{(env|file):.+}";
    private static final String NUMBER = "^[0-9]+$|" + REFERENCE;

    private JsonSchema() {}

    /** Makes the schema with the profiles that are shipped; the same input always gives the same text. */
    public static String of(List<Connector> connectors, List<Setting<?>> gateway, List<SchemaKey> rules) {
        return of(connectors, gateway, rules, ConnectorTable.NOWHERE);
    }

    /**
     * The same with an operator's own profiles besides.
     *
     * @param home below which they are
     */
    public static String of(List<Connector> connectors, List<Setting<?>> gateway, List<SchemaKey> rules, Path home) {
        ObjectNode schema = NEW.objectNode();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "Dragoman configuration");
        schema.put("$comment", "Generated from the settings in the code: ./dragoman connectors --schema");
        fill(schema, gateway);
        ObjectNode properties = (ObjectNode) schema.get("properties");
        ObjectNode definitions = NEW.objectNode();
        AdminSettings.KEYS.forEach(key -> add(schema, definitions, key));
        properties.set("channels", accounts(AccountFile.CHANNELS, connectors, definitions, home));
        properties.set("desks", accounts(AccountFile.DESKS, connectors, definitions, home));
        rules.forEach(key -> add(schema, definitions, key));
        List.of(
                        "rules",
                        "replies",
                        "business",
                        "hours",
                        "faq",
                        "siteMaps",
                        "surveys",
                        "polls",
                        "streams",
                        "approval",
                        "negative")
                .forEach(name -> {
                    if (properties.has(name)) {
                        allowNothing((ObjectNode) properties.get(name));
                    }
                });
        schema.set("definitions", definitions);
        return text(schema);
    }

    private static ObjectNode accounts(
            AccountFile file, List<Connector> connectors, ObjectNode definitions, Path home) {
        String prefix = file.word() + "-";
        ArrayNode kinds = NEW.arrayNode();
        ArrayNode choices = NEW.arrayNode();
        for (Connector connector : connectors) {
            if (file.takes(connector)) {
                String name = prefix + connector.kind();
                ObjectNode definition = account(file, connector);
                definitions.set(name, definition);
                if (connector instanceof Profiled profiled) {
                    ProfileSchema.add(definition, definitions, name, file, profiled, home);
                }
                kinds.add(connector.kind());
                ObjectNode choice = choices.addObject();
                ObjectNode condition = choice.putObject("if");
                condition.putObject("properties").putObject("kind").put("const", connector.kind());
                condition.putArray("required").add("kind");
                choice.putObject("then").put("$ref", "#/definitions/" + name);
            }
        }
        ObjectNode account = NEW.objectNode().put("type", "object");
        ObjectNode kind = account.putObject("properties").putObject("kind");
        kind.put("description", AccountReader.KIND.description());
        if (!kinds.isEmpty()) {
            kind.set("enum", kinds);
            account.set("allOf", choices);
        }
        account.putArray("required").add("kind");
        ObjectNode map = NEW.objectNode();
        map.putArray("type").add("object").add("null");
        map.putObject("propertyNames").put("pattern", "^" + AccountReader.ID_FORM + "$");
        map.set("additionalProperties", account);
        return map;
    }

    private static ObjectNode account(AccountFile file, Connector connector) {
        ObjectNode definition = NEW.objectNode().put("description", connector.description());
        fill(
                definition,
                Stream.concat(AccountReader.common(file).stream(), connector.settings().stream())
                        .toList());
        // which settings there are the profile says, which may be one that this schema does not know
        definition.put("additionalProperties", connector instanceof Profiled);
        return definition;
    }

    /** Makes an object of settings; a dot in a name is a level. */
    static void fill(ObjectNode object, List<Setting<?>> settings) {
        object.put("type", "object");
        object.putObject("properties");
        object.put("additionalProperties", false);
        for (Setting<?> setting : settings) {
            ObjectNode level = object;
            String name = setting.name();
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.')) {
                level = below(level, name.substring(0, dot));
                name = name.substring(dot + 1);
            }
            ((ObjectNode) level.get("properties")).set(name, value(setting));
            if (setting.required()) {
                level.withArray("required").add(name);
            }
        }
    }

    private static ObjectNode below(ObjectNode object, String name) {
        ObjectNode properties = object.withObjectProperty("properties");
        if (!properties.has(name)) {
            ObjectNode level = properties.putObject(name).put("type", "object");
            level.putObject("properties");
            level.put("additionalProperties", false);
        }
        return (ObjectNode) properties.get(name);
    }

    private static ObjectNode value(Setting<?> setting) {
        ObjectNode value = NEW.objectNode().put("description", setting.description());
        if (setting.fallback() != null) {
            value.put("default", setting.fallback());
        }
        switch (setting.type()) {
            case INTEGER -> orText(value, NEW.objectNode().put("type", "integer"), NUMBER);
            case FLAG -> orText(value, NEW.objectNode().put("type", "boolean"), REFERENCE);
            case CHOICE -> {
                ObjectNode choice = NEW.objectNode();
                setting.words().forEach(choice.putArray("enum")::add);
                // YAML 1.1 editors read a bare true, false or number; the reader takes their text
                orText(value, withScalars(choice, setting.words()), REFERENCE);
            }
            default -> value.setAll(scalar());
        }
        return value;
    }

    /** Words such as {@code true} reach an editor as what they look like. */
    private static ObjectNode withScalars(ObjectNode choice, List<String> words) {
        ArrayNode values = (ArrayNode) choice.get("enum");
        for (String word : words) {
            if (word.equals("true") || word.equals("false")) {
                values.add(word.equals("true"));
            }
        }
        return choice;
    }

    private static void orText(ObjectNode value, ObjectNode plain, String pattern) {
        ArrayNode forms = value.putArray("anyOf");
        forms.add(plain);
        forms.addObject().put("type", "string").put("pattern", pattern);
    }

    /** Puts a key of the rules at its place, making the levels above it where they are missing. */
    private static void add(ObjectNode schema, ObjectNode definitions, SchemaKey key) {
        ObjectNode place = schema;
        List<String> steps = steps(key.path());
        if (SchemaKey.PARTS.contains(steps.get(0))) {
            place = definitions.withObjectProperty(steps.get(0));
            steps = steps.subList(1, steps.size());
        }
        for (String step : steps) {
            place = descend(place, step);
        }
        place.put("description", key.about());
        form(place, key);
    }

    private static ObjectNode descend(ObjectNode level, String step) {
        if (!level.path("type").isArray()) {
            level.put("type", step.equals("[]") ? "array" : "object");
        }
        if (step.equals("[]")) {
            return level.withObjectProperty("items");
        }
        if (step.equals("*")) {
            return level.withObjectProperty("additionalProperties");
        }
        if (!level.has("additionalProperties")) {
            level.put("additionalProperties", false);
        }
        return level.withObjectProperty("properties").withObjectProperty(step);
    }

    private static void form(ObjectNode place, SchemaKey key) {
        ObjectNode word = NEW.objectNode();
        key.words().forEach(word.withArray("enum")::add);
        switch (key.form()) {
            case TEXT, EXPRESSION -> place.setAll(scalar());
            case TEXTS -> oneOrMore(place, scalar());
            case WORD -> place.setAll(word);
            case WORDS -> oneOrMore(place, word);
            case FLAG -> place.put("type", "boolean");
            case SWITCH -> place.putArray("type").add("boolean").add("object");
            case NUMBER -> place.put("type", "integer").put("minimum", 0);
            case SEARCH -> oneOrMore(place, scalar()).add(part("search"));
            case OPENING -> place.putArray("anyOf").add(states()).add(part("opening"));
            case TRIGGER -> place.putArray("anyOf").add(word).add(part("trigger"));
            case REPLY -> {
                ObjectNode byLanguage = NEW.objectNode().put("type", "object");
                byLanguage.set("additionalProperties", scalar());
                place.putArray("anyOf").add(scalar()).add(byLanguage);
            }
            case CHOICES -> {
                ObjectNode byLanguage = NEW.objectNode().put("type", "object");
                byLanguage.set("additionalProperties", listOf(scalar()));
                place.putArray("anyOf").add(listOf(scalar())).add(byLanguage);
            }
            case MAP -> place.put("type", "object");
            case LIST ->
                place.put("type", "array")
                        .putObject("items")
                        .putArray("anyOf")
                        .add(scalar())
                        .add(part("holiday"));
        }
    }

    private static ArrayNode oneOrMore(ObjectNode place, ObjectNode one) {
        return place.putArray("anyOf").add(one).add(listOf(one.deepCopy()));
    }

    private static ObjectNode listOf(ObjectNode one) {
        ObjectNode list = NEW.objectNode().put("type", "array");
        list.set("items", one);
        return list;
    }

    private static ObjectNode states() {
        ObjectNode states = NEW.objectNode();
        states.putArray("enum").add("open").add("closed");
        return states;
    }

    private static ObjectNode part(String name) {
        return NEW.objectNode().put("$ref", "#/definitions/" + name);
    }

    private static ObjectNode scalar() {
        ObjectNode scalar = NEW.objectNode();
        scalar.putArray("type").add("string").add("number").add("boolean");
        return scalar;
    }

    /** A file whose only key has nothing behind it is a good file. */
    private static void allowNothing(ObjectNode section) {
        String type = section.path("type").asText();
        section.putArray("type").add(type).add("null");
    }

    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        for (String part : path.split("\\.")) {
            steps.add(part.replace("[]", ""));
            if (part.endsWith("[]")) {
                steps.add("[]");
            }
        }
        return steps;
    }

    private static String text(ObjectNode schema) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        try {
            return Json.mapper().writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema does not write", e);
        }
    }
}
