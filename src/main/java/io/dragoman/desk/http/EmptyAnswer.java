// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.profile.Expression;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers of success that say nothing, as of a proxy in front of a helpdesk. Who takes one for "it is not there" writes
 * it once more.
 */
final class EmptyAnswer {
    private static final Pattern BEGINNING = Pattern.compile(
            "\\(?\\s*(?:\\$\\w+\\s*:=\\s*\\$min\\()?(?:\\$(?:exists|count|string)\\(\\s*)*(\\$|[A-Za-z_]\\w*)([\\[.)]).*",
            Pattern.DOTALL);

    private EmptyAnswer() {}

    /** Whether there is nothing at all in it. */
    static boolean isOne(@Nullable Object body) {
        return body == null
                || (body instanceof Map<?, ?> fields && fields.isEmpty())
                || (body instanceof String text && text.isBlank());
    }

    /** Whether it lacks the list or object that expressions look into: one that has no entry is there. */
    static boolean lacks(@Nullable Object body, @Nullable Expression... looking) {
        return isOne(body)
                || Stream.of(looking)
                        .filter(Objects::nonNull)
                        .map(expression ->
                                BEGINNING.matcher(expression.toString().strip()))
                        .filter(Matcher::matches)
                        .anyMatch(beginning -> lacks(body, beginning.group(1), beginning.group(2)));
    }

    private static boolean lacks(@Nullable Object body, String name, String behind) {
        if (name.equals("$")) {
            return behind.equals("[") && !(body instanceof List);
        }
        // HAL leaves out what it would embed, where that is nothing, and tells the page
        return body instanceof Map<?, ?> fields
                && !fields.containsKey(name)
                && !(name.equals("_embedded") && fields.containsKey("page"));
    }
}
