// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

/** A text that rules search, in the forms that they search it in. */
final class Prose {
    private final String composed;
    private final String compatible;
    private final String folded;
    private final boolean cut;

    Prose(String text) {
        cut = text.length() > Fold.LONGEST;
        composed = Fold.composed(text);
        compatible = Fold.compatible(text);
        folded = Fold.fold(text);
    }

    /** As it came, at most {@link Fold#LONGEST} characters of it, in composed form. */
    String composed() {
        return composed;
    }

    /** With wide, narrow and presentation forms made alike. */
    String compatible() {
        return compatible;
    }

    /** See {@link Fold#fold}. */
    String folded() {
        return folded;
    }

    /** What to add to an explanation when not all of the text was searched. */
    String remark() {
        return cut ? " (only the first " + Fold.LONGEST + " characters were searched)" : "";
    }
}
