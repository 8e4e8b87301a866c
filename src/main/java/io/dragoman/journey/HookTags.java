// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tags that an operator's route gives a conversation before the rules decide: in an exchange variable, which no header
 * of a response can set.
 */
public final class HookTags {
    /** The variable's name: a text with commas, or a list of texts. */
    public static final String VARIABLE = "tags";

    private static final int MOST = 20;
    private static final int LONGEST = 64;

    private HookTags() {}

    /**
     * The tags that a variable's value stands for.
     *
     * @throws IllegalArgumentException when it stands for none; the text names what was expected, never the value
     */
    public static Set<String> of(@Nullable Object variable) {
        List<Object> given = new ArrayList<>();
        if (variable instanceof Collection<?> many) {
            given.addAll(many);
        } else if (variable instanceof String text) {
            given.addAll(List.of(text.split(",", -1)));
        } else if (variable != null) {
            throw new IllegalArgumentException("the variable " + VARIABLE + " is a "
                    + variable.getClass().getName() + " but must be a text or a list of texts");
        }
        Set<String> tags = new LinkedHashSet<>();
        for (Object one : given) {
            tags.add(tag(one));
        }
        if (tags.size() > MOST) {
            throw new IllegalArgumentException(
                    "the variable " + VARIABLE + " holds " + tags.size() + " tags but may hold " + MOST);
        }
        return tags;
    }

    private static String tag(@Nullable Object given) {
        String tag = given instanceof String text ? text.strip() : "";
        if (tag.isEmpty() || tag.length() > LONGEST || tag.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the variable " + VARIABLE + " must hold tags of 1 to " + LONGEST + " characters in one line");
        }
        return tag;
    }
}
