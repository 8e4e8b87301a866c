// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.text;

import org.jspecify.annotations.Nullable;

/** A text that rules search, in the forms that they search it in; each is made when first asked for. For one thread. */
public final class SearchText {
    private final String text;
    private @Nullable String composed;
    private @Nullable String compatible;
    private @Nullable String folded;

    public SearchText(String text) {
        this.text = text;
    }

    /** As it came, at most {@link TextFolding#LONGEST} characters of it, in composed form. */
    public String composed() {
        if (composed == null) {
            composed = TextFolding.composed(text);
        }
        return composed;
    }

    /** With wide, narrow and presentation forms made alike. */
    public String compatible() {
        if (compatible == null) {
            compatible = TextFolding.compatible(text);
        }
        return compatible;
    }

    /** See {@link TextFolding#fold}. */
    public String folded() {
        if (folded == null) {
            folded = TextFolding.foldCompatible(compatible());
        }
        return folded;
    }

    /** What to add to an explanation when not all of the text was searched. */
    public String remark() {
        return text.length() > TextFolding.LONGEST
                ? " (only the first " + TextFolding.LONGEST + " characters were searched)"
                : "";
    }
}
