// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.Part;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a message says, to be compared with others: without the difference of space and case. Shows nothing of it.
 *
 * @param text empty where there is none
 */
record SameText(String text) {
    static SameText of(List<Part> parts) {
        String all = parts.stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining(" "));
        return new SameText(all.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip());
    }

    /** Whether one of these says the same; what says nothing is like nothing. */
    boolean isAmong(List<List<Part>> messages) {
        return !text.isEmpty() && messages.stream().anyMatch(parts -> of(parts).equals(this));
    }

    @Override
    public String toString() {
        return "SameText[…]";
    }
}
