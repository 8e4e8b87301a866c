// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerForgotten;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.OrderChanged;
import io.dragoman.model.PhoneNumber;
import io.dragoman.profile.Element;
import io.dragoman.profile.Expression;
import io.dragoman.profile.ProviderTime;
import io.dragoman.profile.Section;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where in a payload an order stands, or whose are to be forgotten. Immutable.
 *
 * @param fields by their keys
 */
record OrderFields(Map<String, Expression> fields) {
    private static final String[] ORDER = {
        "when",
        "key",
        "id",
        "number",
        "status",
        "at",
        "changedAt",
        "total",
        "currency",
        "url",
        "tracking",
        "email",
        "phone"
    };
    private static final String[] FOUND = {
        "each", "id", "number", "status", "at", "changedAt", "total", "currency", "url", "tracking"
    };
    private static final String[] FORGET = {"when", "key", "at", "email", "phone", "orders", "all", "person"};

    /** Reads {@code order}. */
    static OrderFields order(Section order) {
        return whole(order.allow(ORDER), ORDER);
    }

    /** Reads what a look-up finds. */
    static OrderFields found(Section orders) {
        return whole(orders.allow(FOUND), FOUND);
    }

    private static OrderFields whole(Section order, String... keys) {
        for (String key : List.of("id", "number", "status", "at", "changedAt")) {
            order.needExpression(key, "It finds that of the order.");
        }
        return read(order, keys);
    }

    /** Reads {@code forget}. */
    static OrderFields forget(Section forget) {
        return read(forget.allow(FORGET), FORGET);
    }

    private static OrderFields read(Section section, String... keys) {
        Map<String, Expression> fields = new TreeMap<>();
        for (String key : keys) {
            Expression found = section.expression(key);
            if (found != null) {
                fields.put(key, found);
            }
        }
        return new OrderFields(fields);
    }

    @Nullable
    Expression when() {
        return fields.get("when");
    }

    CustomerEvent changed(Element element) throws MalformedPayload {
        CustomerOrder order = order(element);
        return new OrderChanged(
                find(element, "key").orElse(order.id() + ":" + order.changedAt()),
                order.changedAt(),
                order,
                email(element),
                phone(element));
    }

    CustomerOrder order(Element element) throws MalformedPayload {
        return new CustomerOrder(
                need(element, "id"),
                need(element, "number"),
                need(element, "status"),
                ProviderTime.read(need(element, "at"), element.receivedAt()),
                ProviderTime.read(need(element, "changedAt"), element.receivedAt()),
                find(element, "total").orElse(null),
                find(element, "currency").orElse(null),
                find(element, "url").orElse(null),
                find(element, "tracking").orElse(null));
    }

    CustomerEvent forgotten(Element element) throws MalformedPayload {
        Instant at = ProviderTime.read(find(element, "at").orElse(null), element.receivedAt());
        List<String> orders = element.items(fields.get("orders")).stream()
                .map(Expression::asText)
                .flatMap(Stream::ofNullable)
                .toList();
        return new CustomerForgotten(
                find(element, "key").orElse("forget:" + at),
                at,
                email(element),
                phone(element),
                orders,
                holds(element, "all"),
                holds(element, "person"));
    }

    private boolean holds(Element element, String key) throws MalformedPayload {
        return fields.containsKey(key) && element.matches(fields.get(key));
    }

    private @Nullable String email(Element element) throws MalformedPayload {
        return find(element, "email").map(one -> one.toLowerCase(Locale.ROOT)).orElse(null);
    }

    private @Nullable String phone(Element element) throws MalformedPayload {
        return find(element, "phone")
                .flatMap(one -> PhoneNumber.read(one, element.country().orElse(null)))
                .orElse(null);
    }

    private Optional<String> find(Element element, String key) throws MalformedPayload {
        return element.find(fields.get(key)).filter(text -> !text.isBlank());
    }

    private String need(Element element, String key) throws MalformedPayload {
        return find(element, key)
                .orElseThrow(() -> new MalformedPayload("order." + key + " has no value in what was sent"));
    }
}
