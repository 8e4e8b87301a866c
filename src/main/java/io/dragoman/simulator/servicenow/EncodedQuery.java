// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.servicenow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query as ServiceNow writes it in one text: {@code element_id=1^elementINcomments,work_notes^ORDERBYsys_created_on}.
 * What is between two {@code ^OR} is one group, of which any may hold.
 */
final class EncodedQuery {
    private static final Pattern CONDITION = Pattern.compile(
            "([a-z_0-9.]+)(=|!=|>=|<=|>|<|NOT IN|IN|LIKE|STARTSWITH|ISEMPTY|ISNOTEMPTY)(.*)", Pattern.DOTALL);

    private final List<List<Condition>> groups = new ArrayList<>();
    private Comparator<ObjectNode> order = Comparator.comparing(row -> "");

    private EncodedQuery() {}

    private record Condition(String field, String operator, String value) {
        private boolean fits(ObjectNode row) {
            String have = row.path(field).asText("");
            return switch (operator) {
                case "=" -> have.equals(value);
                case "!=" -> !have.equals(value);
                case ">=" -> have.compareTo(value) >= 0;
                case "<=" -> have.compareTo(value) <= 0;
                case ">" -> have.compareTo(value) > 0;
                case "<" -> have.compareTo(value) < 0;
                case "IN" -> List.of(value.split(",")).contains(have);
                case "NOT IN" -> !List.of(value.split(",")).contains(have);
                case "LIKE" -> have.contains(value);
                case "STARTSWITH" -> have.startsWith(value);
                case "ISEMPTY" -> have.isEmpty();
                default -> !have.isEmpty();
            };
        }
    }

    /** Reads one; empty where a part of it is none, which ServiceNow leaves out unless it is told to be strict. */
    static Optional<EncodedQuery> read(String text) {
        EncodedQuery query = new EncodedQuery();
        for (String part : text.isEmpty() ? new String[0] : text.split("\\^")) {
            if (part.startsWith("ORDERBYDESC")) {
                query.order = query.order.thenComparing(
                        by(part.substring("ORDERBYDESC".length())).reversed());
            } else if (part.startsWith("ORDERBY")) {
                query.order = query.order.thenComparing(by(part.substring("ORDERBY".length())));
            } else {
                boolean or = part.startsWith("OR");
                Matcher condition = CONDITION.matcher(or ? part.substring(2) : part);
                if (!condition.matches()) {
                    return Optional.empty();
                }
                if (!or || query.groups.isEmpty()) {
                    query.groups.add(new ArrayList<>());
                }
                query.groups
                        .get(query.groups.size() - 1)
                        .add(new Condition(condition.group(1), condition.group(2), condition.group(3)));
            }
        }
        return Optional.of(query);
    }

    private static Comparator<ObjectNode> by(String field) {
        return Comparator.comparing(row -> row.path(field).asText(""));
    }

    /** The rows that fit, in the order that it asks for. */
    List<ObjectNode> of(List<ObjectNode> rows) {
        return rows.stream()
                .filter(row -> groups.stream().allMatch(group -> group.stream().anyMatch(any -> any.fits(row))))
                .sorted(order)
                .toList();
    }
}
