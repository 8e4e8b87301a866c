// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that a record's constructor makes. */
final class Require {
    private Require() {}

    static void notBlank(String value, String name) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is blank");
        }
    }

    /** A conversation has one name: our id, or the desk's own. */
    static void oneName(@Nullable String conversation, @Nullable String reference) {
        if ((conversation == null) == (reference == null)) {
            throw new IllegalArgumentException("a conversation is named by our id or by the desk's, and not by both");
        }
        notBlank(conversation == null ? String.valueOf(reference) : conversation, "the conversation's name");
    }

    /** A list with something in it, or an exception with this message. */
    /** Of an approved template. */
    static void header(@Nullable Part part) {
        if (part != null && !(part instanceof Part.Text) && !(part instanceof Part.Media)) {
            throw new IllegalArgumentException("the header of a template is a text or media");
        }
    }

    static void notEmpty(List<?> list, String message) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException(message);
        }
    }
}
