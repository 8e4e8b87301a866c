// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.phrase;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * Something said to people.
 *
 * @param code which {@link Sentence} it is, in one word
 * @param of what it says it of, by name: a text, a number, a time, an ISO 8601 duration, or another phrase
 * @param text the same in English
 */
public record Phrase(
        String code,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> of,
        String text) {
    public Phrase {
        of = Map.copyOf(of);
    }

    @Override
    public String toString() {
        return "Phrase[" + code + "]";
    }
}
