// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.listen;

import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.text.Languages;
import io.dragoman.rules.text.TextFolding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Lists of negative words by language. The score of a text is the sum of the weights of the different entries that are
 * found in it: 1, or 2 of a strong one. Looked at are the list of its language and the one for every language; where the
 * language is not known, all lists. Immutable and thread-safe.
 */
public final class NegativeWords {
    /** The list that is looked at whatever the language. */
    static final String EVERY = "every";

    private final Map<String, List<Entry>> lists;

    NegativeWords(Map<String, List<Entry>> lists) {
        Map<String, List<Entry>> copy = new TreeMap<>();
        lists.forEach((language, entries) -> copy.put(language, List.copyOf(entries)));
        this.lists = copy;
    }

    /**
     * A word or phrase.
     *
     * @param written as in the list; a {@code *} at the end stands for any ending
     * @param folded without the star
     * @param start whether a longer word that begins so counts too
     */
    record Entry(String written, String folded, boolean start, int weight) {
        /** An entry as it is written; empty where there is nothing of it to look for. */
        static Optional<Entry> of(String written, int weight) {
            boolean start = written.endsWith("*");
            String folded = TextFolding.fold(start ? written.substring(0, written.length() - 1) : written);
            return folded.isEmpty() ? Optional.empty() : Optional.of(new Entry(written, folded, start, weight));
        }

        boolean in(String text) {
            return start ? TextFolding.containsStart(text, folded) : TextFolding.containsWord(text, folded);
        }
    }

    /** What a text comes to, and by what. */
    public record Score(int points, List<Found> found) {
        public Score {
            found = List.copyOf(found);
        }

        /** As explanations say it. */
        public String words() {
            return found.isEmpty()
                    ? "score 0: no negative word found"
                    : "score " + points + ": "
                            + found.stream()
                                    .map(one -> "'" + one.word() + "' (list " + one.list() + ", " + one.weight() + ")")
                                    .collect(Collectors.joining(", "));
        }
    }

    /** An entry that was found. */
    public record Found(String word, String list, int weight) {}

    /** The score of what the customer wrote. */
    public Score score(Facts facts) {
        String text = facts.text().folded();
        Optional<String> language = facts.language();
        Map<String, Found> found = new LinkedHashMap<>(); // what several languages have counts once
        lists.forEach((list, entries) -> {
            if (list.equals(EVERY)
                    || language.filter(known -> !Languages.base(known).equals(list.toLowerCase(Locale.ROOT)))
                            .isEmpty()) {
                entries.stream()
                        .filter(entry -> entry.in(text))
                        .forEach(entry -> found.merge(
                                entry.folded(),
                                new Found(entry.written(), list, entry.weight()),
                                (one, other) -> one.weight() < other.weight() ? other : one));
            }
        });
        return new Score(found.values().stream().mapToInt(Found::weight).sum(), List.copyOf(found.values()));
    }

    /** The languages that have a list. */
    public List<String> languages() {
        return List.copyOf(lists.keySet());
    }
}
