// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Hashes;
import io.dragoman.model.Ignored;
import io.dragoman.model.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a provider sends that nothing is done about.
 *
 * @param when whether it is such; null for all that is neither message nor receipt
 * @param name the provider's own word for it; null for none
 */
record IgnoredFields(@Nullable Expression when, @Nullable Expression name) {
    Ignored read(Element element) throws MalformedPayload {
        String word = Ignored.word(element.find(name).orElse("event"));
        return of(element, word, "the profile does nothing with it");
    }

    /** Of any element, by its content. */
    static Ignored of(Element element, String word, String why) {
        Object value = element.value();
        String content = value == null ? "" : Json.write(value);
        return new Ignored(word + "|" + Hashes.sha256Hex(content), element.receivedAt(), word, why);
    }
}
