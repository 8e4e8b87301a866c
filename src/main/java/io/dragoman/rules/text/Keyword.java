// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.text;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.text.Normalizer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a text is searched for: plain words, or an RE2 expression between slashes. Neither minds case.
 *
 * @param written as in the rule
 * @param folded the plain words, folded; empty for an expression
 */
public record Keyword(
        String written, String folded, @Nullable Pattern pattern) {
    private static final int LONGEST = 1_000;
    /** Matching takes time in proportion to it. */
    private static final int LARGEST_PROGRAM = 5_000;

    private static final String TOO_LARGE = "is too large an expression. Use smaller counts in {…}.";

    /** Reads one, or records why it cannot stand. */
    public static Optional<Keyword> read(Node node, Problems problems) {
        String written = node.needText(problems);
        if (node.shape() != Node.Shape.TEXT) {
            return Optional.empty();
        }
        if (written.length() > LONGEST) {
            problems.add(node, "has " + written.length() + " characters but may have at most " + LONGEST + ".");
            return Optional.empty();
        }
        if (written.length() > 2 && written.startsWith("/") && written.endsWith("/")) {
            return expression(node, written, problems);
        }
        String folded = TextFolding.fold(written);
        if (folded.isEmpty()) {
            problems.add(node, "is blank. Write the words to look for.");
            return Optional.empty();
        }
        return Optional.of(new Keyword(written, folded, null));
    }

    private static Optional<Keyword> expression(Node node, String written, Problems problems) {
        String source = Normalizer.normalize(written.substring(1, written.length() - 1), Normalizer.Form.NFC);
        if (Expansion.exceeds(source, LARGEST_PROGRAM)) {
            problems.add(node, TOO_LARGE);
            return Optional.empty();
        }
        try {
            Pattern pattern = Pattern.compile(source, Pattern.CASE_INSENSITIVE);
            if (pattern.programSize() > LARGEST_PROGRAM) {
                problems.add(node, TOO_LARGE);
                return Optional.empty();
            }
            if (pattern.matcher("").find() && pattern.matcher("\uE000").find()) {
                problems.warn(node, "finds the empty text, so it matches every message. Use + in place of *.");
            }
            return Optional.of(new Keyword(written, "", pattern));
        } catch (PatternSyntaxException e) {
            problems.add(
                    node,
                    "is not an RE2 expression: " + e.getDescription()
                            + at(e)
                            + ". RE2 has no look-ahead, look-behind or back-references.");
            return Optional.empty();
        }
    }

    private static String at(PatternSyntaxException failure) {
        String piece = QuotedText.orEmpty(failure.getPattern()).replaceFirst("^\\(\\?i\\)", ""); // our own flag
        return piece.isEmpty() ? "" : " at " + QuotedText.quote(piece);
    }

    public boolean in(SearchText prose) {
        if (pattern == null) {
            return TextFolding.containsWord(prose.folded(), folded);
        }
        return pattern.matcher(prose.composed()).find()
                || (!prose.compatible().equals(prose.composed())
                        && pattern.matcher(prose.compatible()).find())
                || (!isAscii(prose.composed())
                        && pattern.matcher(prose.folded()).find());
    }

    /** The folded form is searched too where RE2 does not know the script's case. */
    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
