// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** "Did you mean": the known word nearest to a mistyped one. */
public final class Suggestion {
    private static final int SHORTEST_BEGINNING = 3;

    private Suggestion() {}

    /** The nearest of the known words, or null when none is near. */
    public static @Nullable String of(String word, Collection<String> known) {
        String wanted = word.toLowerCase(Locale.ROOT);
        String best = null;
        int least = Math.max(1, word.length() / 3) + 1;
        for (String candidate : new TreeSet<>(known)) {
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best == null ? beginning(wanted, known) : best;
    }

    /** What to do about an unknown word: the likeliest meant, then all that are known. */
    public static String sentence(String word, Collection<String> known) {
        @Nullable String meant = of(word, known);
        if (known.isEmpty()) {
            return "There is none that could be named here.";
        }
        return (meant == null ? "" : "Did you mean '" + meant + "'? ") + "Known: "
                + String.join(", ", new TreeSet<>(known)) + ".";
    }

    /** The only known word that begins with this one or that this one begins with, such as pass for password. */
    private static @Nullable String beginning(String word, Collection<String> known) {
        List<String> candidates = known.stream()
                .filter(candidate -> {
                    String lower = candidate.toLowerCase(Locale.ROOT);
                    return Math.min(lower.length(), word.length()) >= SHORTEST_BEGINNING
                            && (lower.startsWith(word) || word.startsWith(lower));
                })
                .toList();
        return candidates.size() == 1 ? candidates.get(0) : null;
    }

    /** Levenshtein's distance, with a swap of neighbours counted as one. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, d);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] d) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
