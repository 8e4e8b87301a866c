// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import org.jspecify.annotations.Nullable;

/**
 * The value for a button of an approved template. It has a {@code url} or a {@code payload}.
 *
 * @param index the button's place in the template, from 0
 * @param url what is put behind the approved address
 * @param payload what comes back as the choice's id when the customer taps it
 */
public record TemplateButton(
        int index, @Nullable String url, @Nullable String payload) {
    public TemplateButton {
        if (index < 0 || (url == null) == (payload == null)) {
            throw new IllegalArgumentException("a template's button needs its place, and a url or a payload");
        }
    }

    /** Whether a template has values beside those of its text. */
    public static boolean orHeader(Part.Template template) {
        return template.header() != null || !template.buttons().isEmpty();
    }

    @Override
    public String toString() {
        return "TemplateButton[" + index + "]";
    }
}
