// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Ignored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request to events, as its profile says. */
final class InboundReader {
    private final Receiving receiving;
    private final String title;

    InboundReader(Receiving receiving, String title) {
        this.receiving = receiving;
        this.title = title;
    }

    /**
     * All events of a request. In a batch one odd element does not take the others with it: it is ignored, with the
     * reason.
     */
    List<CustomerEvent> read(Request request) throws MalformedPayload {
        Object document = document(request);
        Map<String, Object> variables = variables(request, document);
        Element whole = new Element(document, variables, request.receivedAt());
        List<?> elements = receiving.each() == null ? List.of(document) : whole.items(receiving.each());
        if (elements.isEmpty()) {
            return List.of(empty(whole));
        }
        List<CustomerEvent> events = new ArrayList<>();
        MalformedPayload first = null;
        int readable = 0;
        for (Object value : elements) {
            Element element = new Element(value, variables, request.receivedAt());
            try {
                events.addAll(events(element));
                readable++;
            } catch (MalformedPayload e) {
                first = first == null ? e : first;
                events.add(IgnoredFields.of(element, "unreadable", String.valueOf(e.getMessage())));
            }
        }
        if (readable == 0 && first != null) {
            throw first;
        }
        return events;
    }

    private Ignored empty(Element whole) throws MalformedPayload {
        if (whole.value() instanceof List<?> list && list.isEmpty()) {
            return IgnoredFields.of(whole, "empty", "there is nothing in the batch");
        }
        if (receiving.ignored() != null && whole.matches(receiving.ignored().when())) {
            return receiving.ignored().read(whole);
        }
        throw new MalformedPayload(title + ": nothing in it is an event");
    }

    private List<CustomerEvent> events(Element element) throws MalformedPayload {
        if (receiving.message() != null && element.matches(receiving.message().when())) {
            return List.of(receiving.message().read(element));
        }
        if (receiving.receipt() != null && element.matches(receiving.receipt().when())) {
            return receiving.receipt().read(element);
        }
        if (receiving.ignored() != null && element.matches(receiving.ignored().when())) {
            return List.of(receiving.ignored().read(element));
        }
        throw new MalformedPayload(title + ": it is neither a message nor a receipt that the profile knows");
    }

    private Object document(Request request) throws MalformedPayload {
        byte[] query = request.query().getBytes(StandardCharsets.UTF_8);
        Optional<Object> document =
                switch (receiving.form()) {
                    case QUERY -> Optional.of(Documents.fields(query));
                    case FORM -> Optional.of(Documents.fields(request.body().length == 0 ? query : request.body()));
                    case CLAIMS ->
                        receiving.checks().stream()
                                .flatMap(check -> check.claims(request).stream())
                                .findFirst();
                    default -> Documents.read(receiving.form(), request.body());
                };
        return parsed(document.orElseThrow(() -> new MalformedPayload(
                title + ": the body is not " + receiving.form().name())));
    }

    /** With the JSON that stands as text in some fields. */
    private Object parsed(Object document) throws MalformedPayload {
        if (receiving.parsed().isEmpty() || !(document instanceof Map<?, ?> fields)) {
            return document;
        }
        Map<Object, Object> all = new LinkedHashMap<>(fields);
        for (String name : receiving.parsed()) {
            if (all.get(name) instanceof String text) {
                Object value = Documents.json(text);
                if (value == null) {
                    throw new MalformedPayload(title + ": the field " + name + " is not JSON");
                }
                all.put(name, value);
            }
        }
        return all;
    }

    private static Map<String, Object> variables(Request request, @Nullable Object document) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("document", document);
        variables.put("query", Documents.fields(request.query().getBytes(StandardCharsets.UTF_8)));
        variables.put("headers", request.headers());
        variables.put("receivedAt", request.receivedAt().toString());
        return variables;
    }
}
