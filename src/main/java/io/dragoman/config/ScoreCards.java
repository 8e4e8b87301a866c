// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the connectors of the program end in the checks of the contract, a line a kind, as {@code ./dragoman connector test}
 * prints it. Kept as a file, since running the checks takes seconds; a test runs them and compares.
 */
public final class ScoreCards {
    private static final String FILE = "score-cards.txt";

    private ScoreCards() {}

    /** The counts by group, such as {@code settings 7, proof 6 (2 not applicable)}, by what a connector is called. */
    public static SortedMap<String, String> shipped() {
        try (InputStream file = Objects.requireNonNull(ScoreCards.class.getResourceAsStream(FILE), FILE)) {
            SortedMap<String, String> cards = new TreeMap<>();
            new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] pair = line.split(": ", 2);
                cards.put(pair[0], pair[1]);
            });
            return Collections.unmodifiableSortedMap(cards);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
