// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The words of {@link Part}'s types, as its JSON form declares them. */
final class PartTypes {
    static final Map<Class<?>, String> WORDS = words();

    private PartTypes() {}

    static String word(Class<?> type) {
        String word = WORDS.get(type);
        if (word == null) {
            throw new IllegalStateException(type.getSimpleName() + " has no JSON name");
        }
        return word;
    }

    static Part.MediaKind kind(String mimeType) {
        int slash = mimeType.indexOf('/');
        return switch (slash < 0 ? "" : mimeType.substring(0, slash).toLowerCase(Locale.ROOT)) {
            case "image" -> Part.MediaKind.IMAGE;
            case "audio" -> Part.MediaKind.AUDIO;
            case "video" -> Part.MediaKind.VIDEO;
            default -> Part.MediaKind.FILE;
        };
    }

    private static Map<Class<?>, String> words() {
        Map<Class<?>, String> words = new LinkedHashMap<>();
        Arrays.stream(Part.class.getAnnotation(JsonSubTypes.class).value())
                .forEach(type -> words.put(type.value(), type.name()));
        return words;
    }
}
