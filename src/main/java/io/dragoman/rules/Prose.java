// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import org.jspecify.annotations.Nullable;

/** A text that rules search, in the forms that they search it in; each is made when first asked for. For one thread. */
final class Prose {
    private final String text;
    private @Nullable String composed;
    private @Nullable String compatible;
    private @Nullable String folded;

    Prose(String text) {
        this.text = text;
    }

    /** As it came, at most {@link Fold#LONGEST} characters of it, in composed form. */
    String composed() {
        if (composed == null) {
            composed = Fold.composed(text);
        }
        return composed;
    }

    /** With wide, narrow and presentation forms made alike. */
    String compatible() {
        if (compatible == null) {
            compatible = Fold.compatible(text);
        }
        return compatible;
    }

    /** See {@link Fold#fold}. */
    String folded() {
        if (folded == null) {
            folded = Fold.foldCompatible(compatible());
        }
        return folded;
    }

    /** What to add to an explanation when not all of the text was searched. */
    String remark() {
        return text.length() > Fold.LONGEST ? " (only the first " + Fold.LONGEST + " characters were searched)" : "";
    }
}
