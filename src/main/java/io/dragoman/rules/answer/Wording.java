// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import io.dragoman.model.UnicodeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * A text as it is compared with others of its language.
 *
 * @param words the stems
 * @param grams the runs of three letters in its words: what is left of a misspelt one
 */
record Wording(Set<String> words, Set<String> grams) {
    private static final int LONGEST = 2_000;
    private static final int MOST_WORDS = 100;
    private static final int MOST_GRAMS = 600;
    private static final int GRAM = 3;

    static Wording of(String text, String language) {
        String cut = UnicodeText.cut(text, LONGEST);
        Set<String> grams = new LinkedHashSet<>();
        for (String word : tokens(cut, Analyzers.PLAIN, MOST_GRAMS)) {
            grams(word, grams);
        }
        return new Wording(new LinkedHashSet<>(tokens(cut, Analyzers.of(language), MOST_WORDS)), grams);
    }

    private static void grams(String word, Set<String> grams) {
        int[] points = ("_" + word + "_").codePoints().toArray();
        for (int i = 0; i + GRAM <= points.length && grams.size() < MOST_GRAMS; i++) {
            grams.add(new String(points, i, GRAM));
        }
    }

    private static List<String> tokens(String text, Analyzer analyzer, int most) {
        List<String> tokens = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (tokens.size() < most && stream.incrementToken()) {
                tokens.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot be read", e);
        }
        return tokens;
    }

    @Override
    public String toString() {
        return "Wording[" + words.size() + " words]";
    }
}
