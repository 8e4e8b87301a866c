// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** A condition as Odoo writes it: a list of triples, with {@code |}, {@code &} and {@code !} in front of what they join. */
final class OdooDomain {
    private final JsonNode domain;
    private int next;

    private OdooDomain(JsonNode domain) {
        this.domain = domain;
    }

    /**
     * What a record must be to fit.
     *
     * @throws IllegalArgumentException when it is no domain
     */
    static Predicate<ObjectNode> read(JsonNode domain) {
        OdooDomain reader = new OdooDomain(domain);
        Predicate<ObjectNode> all = row -> true;
        while (reader.next < domain.size()) {
            all = all.and(reader.term());
        }
        return all;
    }

    private Predicate<ObjectNode> term() {
        JsonNode term = domain.path(next++);
        if (term.isArray() && term.size() == 3) {
            return triple(term.get(0).asText(), term.get(1).asText(), term.get(2));
        }
        return switch (term.asText()) {
            case "|" -> term().or(term());
            case "&" -> term().and(term());
            case "!" -> term().negate();
            default -> throw new IllegalArgumentException("Invalid domain term " + term);
        };
    }

    private static Predicate<ObjectNode> triple(String field, String operator, JsonNode value) {
        return switch (operator) {
            case "=" -> row -> equal(have(row, field), value);
            case "!=" -> row -> !equal(have(row, field), value);
            case ">" -> row -> compare(have(row, field), value) > 0;
            case ">=" -> row -> compare(have(row, field), value) >= 0;
            case "<" -> row -> compare(have(row, field), value) < 0;
            case "<=" -> row -> compare(have(row, field), value) <= 0;
            case "in" -> row -> among(have(row, field), value);
            case "not in" -> row -> !among(have(row, field), value);
            case "like", "ilike" -> row -> have(row, field).asText("").contains(value.asText());
            default -> throw new IllegalArgumentException("Invalid operator " + operator);
        };
    }

    /** Of a related record, which is shown as its id and its name, the id. */
    private static JsonNode have(ObjectNode row, String field) {
        JsonNode value = row.path(field);
        return value.isArray() && value.size() == 2 && value.get(1).isTextual() ? value.get(0) : value;
    }

    private static boolean among(JsonNode have, JsonNode values) {
        if (have.isArray()) { // of several, any
            return StreamSupport.stream(have.spliterator(), false).anyMatch(one -> among(one, values));
        }
        for (JsonNode value : values) {
            if (equal(have, value)) {
                return true;
            }
        }
        return false;
    }

    /** Nothing is {@code false}. */
    private static boolean equal(JsonNode have, JsonNode value) {
        return have.asText("false").equals(value.asText());
    }

    private static int compare(JsonNode have, JsonNode value) {
        return have.isNumber()
                ? Long.compare(have.asLong(), value.asLong())
                : have.asText("").compareTo(value.asText());
    }
}
