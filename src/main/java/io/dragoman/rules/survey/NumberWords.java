// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.survey;

import io.dragoman.rules.text.TextFolding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The words for 0 to 10, by language. */
final class NumberWords {
    private static final Map<String, Map<String, Integer>> BY_LANGUAGE = table();

    private NumberWords() {}

    /** What a word that was folded is in a language; only its first part, such as {@code pt} of {@code pt-BR}, counts. */
    static Optional<Integer> number(String language, String folded) {
        return Optional.ofNullable(
                BY_LANGUAGE.getOrDefault(language.split("[-_]", 2)[0], Map.of()).get(folded));
    }

    private static Map<String, Map<String, Integer>> table() {
        try (InputStream file = Objects.requireNonNull(NumberWords.class.getResourceAsStream("number-words.txt"))) {
            Map<String, Map<String, Integer>> all = new HashMap<>();
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(words -> all.put(words[0], words(words)));
            return Map.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Integer> words(String... line) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 1; i < line.length; i++) {
            for (String word : line[i].split("/")) {
                numbers.putIfAbsent(TextFolding.fold(word), i - 1);
            }
        }
        return numbers;
    }
}
