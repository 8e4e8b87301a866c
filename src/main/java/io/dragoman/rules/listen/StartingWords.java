// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.listen;

import io.dragoman.rules.listen.NegativeWords.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The lists of negative words that there are before operators write their own. */
final class StartingWords {
    private static final String FILE = "negative-words.txt";

    private StartingWords() {}

    /** By language; a line is {@code en: word, word}, or {@code en!:} with strong ones. */
    static Map<String, List<Entry>> read() {
        Map<String, List<Entry>> lists = new TreeMap<>();
        try (InputStream in = Objects.requireNonNull(StartingWords.class.getResourceAsStream(FILE))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .forEach(line -> add(line, lists));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lists;
    }

    private static void add(String line, Map<String, List<Entry>> lists) {
        int colon = line.indexOf(':');
        String head = line.substring(0, colon);
        boolean strong = head.endsWith("!");
        List<Entry> list =
                lists.computeIfAbsent(strong ? head.substring(0, head.length() - 1) : head, any -> new ArrayList<>());
        for (String word : line.substring(colon + 1).split(",", -1)) {
            Entry.of(word.strip(), strong ? 2 : 1).ifPresent(list::add);
        }
    }
}
