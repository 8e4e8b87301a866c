// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.overview;

import io.dragoman.app.phrase.Phrase;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs a person.
 *
 * @param code what it is, in one word
 * @param target the channel, desk or route; null where it is about all
 * @param count how many; null where it is one
 * @param text the same as a sentence
 * @param phrase the sentence for other languages
 * @param action what mends it, where that is one step
 */
public record Need(
        String code,
        @Nullable String target,
        @Nullable Long count,
        @Nullable Instant since,
        String text,
        Phrase phrase,
        @Nullable Action action) {
    Need(
            String code,
            @Nullable String target,
            @Nullable Long count,
            @Nullable Instant since,
            Phrase phrase,
            @Nullable Action action) {
        this(code, target, count, since, phrase.text(), phrase, action);
    }

    /**
     * A request that mends it, or shows more.
     *
     * @param body null for none
     * @param screen the screen of the console that shows it; null for none
     */
    public record Action(
            String label,
            String method,
            String path,
            @Nullable Map<String, String> body,
            @Nullable String screen) {
        static Action look(String label, String path, String screen) {
            return new Action(label, "GET", path, null, screen);
        }

        static Action resume(String id) {
            return new Action("Resume", "POST", "/api/v1/resume", Map.of("id", id), null);
        }
    }

    /** Without a count and a time. */
    static Need of(String code, @Nullable String target, Phrase phrase, @Nullable Action action) {
        return new Need(code, target, null, null, phrase, action);
    }

    @Override
    public String toString() {
        return "Need[" + code + "]";
    }
}
