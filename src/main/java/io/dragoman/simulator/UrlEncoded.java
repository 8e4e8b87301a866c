// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a form or a query string, any of which can come more than once. */
public final class UrlEncoded {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private UrlEncoded() {}

    /**
     * Reads a form or a query string; null has no parameters.
     *
     * @throws IllegalArgumentException when it is badly encoded
     */
    public static UrlEncoded read(@Nullable String encoded) {
        UrlEncoded params = new UrlEncoded();
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

    /** Writes parameters in the order of the map. */
    public static String write(Map<String, String> params) {
        return params.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public Set<String> names() {
        return values.keySet();
    }

    /** The first value, or the empty string. */
    public String get(String name) {
        return all(name).isEmpty() ? "" : all(name).get(0);
    }

    /** Whether its first value is more than white space. */
    public boolean has(String name) {
        return !get(name).isBlank();
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }
}
