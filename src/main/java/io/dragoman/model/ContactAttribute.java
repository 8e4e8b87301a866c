// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a contact under a name.
 *
 * @param source who said so: {@code api}, {@code command} or {@code import}; {@code survey} or {@code poll} of what the contact answered
 */
public record ContactAttribute(String name, String value, String source, Instant at) {
    /** How many a contact may have. */
    public static final int MOST = 100;

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]{1,64}");
    private static final int LONGEST = 1_000;

    /** What is wrong with one, as the end of a sentence; empty for nothing. A value that is null takes it away. */
    public static Optional<String> problem(String name, @Nullable String value) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("an attribute's name is at most 64 letters, digits, hyphens and underscores");
        }
        if (value != null && value.length() > LONGEST) {
            return Optional.of("an attribute's value has at most " + LONGEST + " characters");
        }
        return value != null && value.chars().anyMatch(Character::isISOControl)
                ? Optional.of("an attribute's value is one line without control characters")
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "ContactAttribute[" + name + "]";
    }
}
