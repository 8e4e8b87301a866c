// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query in Salesforce's language, as far as a helpdesk's client goes: fields, one object, conditions that all must
 * hold or of which any may, an order and a limit.
 */
final class SoqlQuery {
    private static final int PAGE = 2_000;
    private static final Pattern WORD = Pattern.compile(
            "\\s*('(?:[^'\\\\]|\\\\.)*'|[\\d]{4}-\\d\\d-\\d\\dT[\\d:.]+(?:Z|[+-]\\d\\d:?\\d\\d)|-?\\d+|[A-Za-z_][\\w.]*|<=|>=|!=|[=<>(),])");
    private static final DateTimeFormatter STORED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX", Locale.ROOT);

    private final Function<String, List<ObjectNode>> rows;
    private final List<String> words;
    private final List<String> fields = new ArrayList<>();
    private String object = "";
    private Predicate<ObjectNode> where = row -> true;
    private Comparator<ObjectNode> order = Comparator.comparing(row -> "");
    private int limit = PAGE;
    private final Set<String> compared = new HashSet<>();
    private int next;

    private SoqlQuery(Function<String, List<ObjectNode>> rows, List<String> words) {
        this.rows = rows;
        this.words = words;
    }

    /**
     * Reads one.
     *
     * @param rows what there is of an object
     * @throws IllegalArgumentException when it is none, with what is wrong
     */
    static SoqlQuery read(String text, Function<String, List<ObjectNode>> rows) {
        SoqlQuery query = new SoqlQuery(rows, new ArrayList<>());
        Matcher word = WORD.matcher(text);
        int end = 0;
        while (word.find(end) && word.start() == end) {
            query.words.add(word.group(1));
            end = word.end();
        }
        if (!text.substring(end).isBlank()) {
            throw new IllegalArgumentException(
                    "unexpected token: '" + text.substring(end).strip() + "'");
        }
        query.parse();
        if (query.next < query.words.size()) {
            throw new IllegalArgumentException("unexpected token: '" + query.words.get(query.next) + "'");
        }
        return query;
    }

    private void parse() {
        need("SELECT");
        do {
            fields.add(word());
        } while (taken(","));
        need("FROM");
        object = word();
        if (taken("WHERE")) {
            where = conditions();
        }
        if (taken("ORDER")) {
            need("BY");
            do {
                Comparator<ObjectNode> by = by(word());
                order = order.thenComparing(taken("DESC") ? by.reversed() : by);
                taken("ASC");
            } while (taken(","));
        }
        if (taken("LIMIT")) {
            limit = Integer.parseInt(word());
        }
        if (object.equals("ContentDocumentLink")
                && Set.of("Id", "ContentDocumentId", "LinkedEntityId").stream().noneMatch(compared::contains)) {
            throw new IllegalArgumentException("Implementation restriction: ContentDocumentLink requires a filter by a"
                    + " single Id on ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's"
                    + " using the IN operator.");
        }
    }

    private Predicate<ObjectNode> conditions() {
        Predicate<ObjectNode> all = condition();
        while (true) {
            if (taken("AND")) {
                all = all.and(condition());
            } else if (taken("OR")) {
                all = all.or(condition());
            } else {
                return all;
            }
        }
    }

    private Predicate<ObjectNode> condition() {
        if (taken("(")) {
            Predicate<ObjectNode> inner = conditions();
            need(")");
            return inner;
        }
        String field = word();
        String operator = word();
        compared.add(field);
        if (operator.equalsIgnoreCase("IN")) {
            List<String> values = values();
            return row -> values.contains(row.path(field).asText(""));
        }
        return comparison(field, operator, value(word()));
    }

    /** A list, or what another query finds of its one field. */
    private List<String> values() {
        need("(");
        List<String> values = new ArrayList<>();
        if (next < words.size() && words.get(next).equalsIgnoreCase("SELECT")) {
            SoqlQuery inner = new SoqlQuery(rows, words);
            inner.next = next;
            inner.parse();
            next = inner.next;
            inner.found().forEach(row -> values.add(have(row, inner.fields.get(0))));
        } else {
            do {
                values.add(value(word()));
            } while (taken(","));
        }
        need(")");
        return values;
    }

    private static Predicate<ObjectNode> comparison(String field, String operator, String value) {
        return switch (operator.toUpperCase(Locale.ROOT)) {
            case "=" -> row -> have(row, field).equals(value);
            case "!=" -> row -> !have(row, field).equals(value);
            case ">" -> row -> have(row, field).compareTo(value) > 0;
            case ">=" -> row -> have(row, field).compareTo(value) >= 0;
            case "<" -> row -> have(row, field).compareTo(value) < 0;
            case "<=" -> row -> have(row, field).compareTo(value) <= 0;
            case "LIKE" -> row -> have(row, field).contains(value.replace("%", ""));
            default -> throw new IllegalArgumentException("unexpected token: '" + operator + "'");
        };
    }

    private static String have(JsonNode row, String field) {
        JsonNode value = row.path(field);
        return value.isMissingNode() || value.isNull() ? "null" : value.asText();
    }

    /** A value as rows have it: times in one form, so that they sort as texts. */
    private static String value(String word) {
        if (word.startsWith("'")) {
            return word.substring(1, word.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        if (word.matches("\\d{4}-.*T.*")) {
            String offset = word.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
            return STORED.format(OffsetDateTime.parse(offset)).replaceFirst("Z$", "+0000");
        }
        return word;
    }

    private static Comparator<ObjectNode> by(String field) {
        return Comparator.comparing(row -> have(row, field));
    }

    private boolean taken(String word) {
        boolean there = next < words.size() && words.get(next).equalsIgnoreCase(word);
        next += there ? 1 : 0;
        return there;
    }

    private void need(String word) {
        if (!taken(word)) {
            throw new IllegalArgumentException("expecting " + word);
        }
    }

    private String word() {
        if (next >= words.size()) {
            throw new IllegalArgumentException("unexpected end of the query");
        }
        return words.get(next++);
    }

    List<String> fields() {
        return fields;
    }

    String object() {
        return object;
    }

    /** Whether more rows fit than one answer has. */
    boolean more() {
        return limit == PAGE && rows.apply(object).stream().filter(where).count() > PAGE;
    }

    /** The rows that fit, in the order that it asks for. */
    List<ObjectNode> found() {
        return rows.apply(object).stream()
                .filter(where)
                .sorted(order)
                .limit(limit)
                .toList();
    }
}
