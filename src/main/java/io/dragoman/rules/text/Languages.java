// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** BCP 47 language tags: a tag stands for itself and for everything below it. */
public final class Languages {
    private Languages() {}

    /** Whether {@code tag} is {@code wanted} or something more exact: {@code de-AT} is within {@code de}. */
    public static boolean within(String tag, String wanted) {
        String have = normal(tag);
        String want = normal(wanted);
        return have.equals(want) || have.startsWith(want + "-");
    }

    /** Whether it has the form of a language tag and names a language that exists. */
    public static boolean isTag(String tag) {
        try {
            String language = new Locale.Builder()
                    .setLanguageTag(tag.replace('_', '-'))
                    .build()
                    .getLanguage();
            return language.length() == 3 || List.of(Locale.getISOLanguages()).contains(language);
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** The declared tag that serves a reader of {@code wanted}: the same, a more general one, or a sister. */
    public static Optional<String> best(String wanted, Iterable<String> declared) {
        for (String tag = normal(wanted); !tag.isEmpty(); tag = parent(tag)) {
            for (String candidate : declared) {
                if (normal(candidate).equals(tag)) {
                    return Optional.of(candidate);
                }
            }
        }
        String base = base(wanted);
        for (String candidate : declared) {
            if (base(candidate).equals(base) && !base.isEmpty()) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static String parent(String tag) {
        int hyphen = tag.lastIndexOf('-');
        return hyphen < 0 ? "" : tag.substring(0, hyphen);
    }

    /** The language of a tag alone: {@code de} of {@code de-AT}. */
    public static String base(String tag) {
        String normal = normal(tag);
        int hyphen = normal.indexOf('-');
        return hyphen < 0 ? normal : normal.substring(0, hyphen);
    }

    private static String normal(String tag) {
        return tag.strip().replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
