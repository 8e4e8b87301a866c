// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.twilio;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parameters of a form or a query, any of which can come more than once. */
final class Params {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /**
     * Reads a form or query.
     *
     * @throws IllegalArgumentException when it is badly encoded
     */
    static Params of(@Nullable String encoded) {
        Params params = new Params();
        for (String pair : (encoded == null ? "" : encoded).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
                String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                params.values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return params;
    }

    static String encode(Map<String, String> params) {
        return params.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    String get(String name) {
        return all(name).isEmpty() ? "" : all(name).get(0);
    }

    boolean has(String name) {
        return !get(name).isBlank();
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }
}
