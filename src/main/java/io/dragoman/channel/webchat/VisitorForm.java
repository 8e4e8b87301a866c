// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a visitor is asked before the chat.
 *
 * @param fields by name; the value says whether it must be filled in
 */
record VisitorForm(Map<String, Boolean> fields) {
    /** What can be asked. */
    static final List<String> FIELDS = List.of("name", "email", "phone");

    private static final int LONGEST = 200;

    VisitorForm {
        fields = Map.copyOf(fields);
    }

    /**
     * Reads {@code name, email?}: a question mark lets a field be left empty.
     *
     * @throws IllegalArgumentException saying what is expected
     */
    static VisitorForm parse(String text) {
        Map<String, Boolean> fields = new LinkedHashMap<>();
        for (String field :
                Arrays.stream(text.split(",", -1)).map(String::strip).toList()) {
            String name = field.endsWith("?") ? field.substring(0, field.length() - 1) : field;
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("must be some of " + String.join(", ", FIELDS)
                        + " with commas between, each with a ? behind it where it may be left empty");
            }
            fields.put(name, !field.endsWith("?"));
        }
        return new VisitorForm(fields);
    }

    /**
     * The values that were entered.
     *
     * @throws MalformedPayload when one is missing or is none
     */
    Map<String, String> read(JsonFields body) throws MalformedPayload {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : FIELDS) {
            if (fields.containsKey(name)) {
                Optional<String> value =
                        body.inner("form").findText(name).map(String::strip).filter(text -> !text.isEmpty());
                if (value.isEmpty() && Boolean.TRUE.equals(fields.get(name))) {
                    throw new MalformedPayload("form." + name + " is missing");
                }
                if (value.isPresent() && (value.get().length() > LONGEST || !looksRight(name, value.get()))) {
                    throw new MalformedPayload("form." + name + " is too long, or not of its form");
                }
                value.ifPresent(text -> values.put(name, text));
            }
        }
        return values;
    }

    private static boolean looksRight(String name, String value) {
        return switch (name) {
            case "email" -> value.matches("[^@\\s]+@[^@\\s]+");
            case "phone" -> value.matches("[+0-9 ()/.-]+");
            default -> value.codePoints().noneMatch(Character::isISOControl);
        };
    }
}
