// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.model.JsonFault;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was posted, as expressions see it. Immutable.
 *
 * @param title the provider's name
 */
record InboundDocument(Receiving receiving, String title) {
    /**
     * The whole of it.
     *
     * @param country of phone numbers without one
     * @param more variables of all its expressions
     */
    Element whole(Request request, Optional<String> country, Map<String, Object> more) throws MalformedPayload {
        Object document = document(request);
        Element.Origin origin = new Element.Origin(request.receivedAt(), country, request.body().length);
        return new Element(document, variables(request, document, more), 0, origin);
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
        return parsed(document.orElseThrow(() -> new MalformedPayload(title + ": the body "
                + (receiving.form() == Documents.Form.JSON
                        ? JsonFault.of(request.body())
                        : "is not " + receiving.form().name()))));
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

    private static Map<String, Object> variables(Request request, @Nullable Object document, Map<String, Object> more) {
        Map<String, Object> variables = new HashMap<>(more);
        variables.put("document", document);
        variables.put("query", Documents.fields(request.query().getBytes(StandardCharsets.UTF_8)));
        variables.put("headers", request.headers());
        variables.put("receivedAt", request.receivedAt().toString());
        return variables;
    }
}
