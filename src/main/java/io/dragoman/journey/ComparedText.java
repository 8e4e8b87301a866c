// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import java.util.Arrays;
import java.util.List;
import org.jsoup.parser.Parser;

/**
 * A text as it is compared with another that a program may have wrapped and marked anew: all its lines in one, without
 * white space, marks of quotes and invisible characters, entities read. Unicode is not normalised: a heap of combining
 * marks would take quadratic time. Immutable, shows nothing of the text.
 */
final class ComparedText {
    private final List<String> lines;
    private final String text;
    private final int[] ends;

    private ComparedText(List<String> lines, String text, int[] ends) {
        this.lines = lines;
        this.text = text;
        this.ends = ends;
    }

    static ComparedText of(String text) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        StringBuilder compared = new StringBuilder(text.length());
        int[] ends = new int[lines.size()];
        for (int i = 0; i < ends.length; i++) {
            compared.append(compared(lines.get(i)));
            ends[i] = compared.length();
        }
        return new ComparedText(lines, compared.toString(), ends);
    }

    private static String compared(String line) {
        String shown = read(line);
        StringBuilder compared = new StringBuilder(shown.length());
        shown.codePoints()
                .filter(c -> !Character.isWhitespace(c)
                        && !Character.isSpaceChar(c)
                        && !Character.isISOControl(c)
                        && Character.getType(c) != Character.FORMAT)
                .forEach(compared::appendCodePoint);
        int start = 0;
        while (start < compared.length() && (compared.charAt(start) == '>' || compared.charAt(start) == '|')) {
            start++;
        }
        return compared.substring(start);
    }

    private static String read(String line) {
        return line.indexOf('&') < 0 ? line : Parser.unescapeEntities(line, false);
    }

    List<String> lines() {
        return lines;
    }

    int size() {
        return ends.length;
    }

    /** How many characters are compared. */
    int length() {
        return text.length();
    }

    /** The place of a line's first character among all that are compared. */
    int start(int line) {
        return line == 0 ? 0 : ends[line - 1];
    }

    /** The place behind a line's last character. */
    int end(int line) {
        return ends[line];
    }

    boolean blank(int line) {
        return start(line) == end(line);
    }

    /** Whether a line starts with a mark of a quote. */
    boolean marked(int line) {
        return read(lines.get(line)).stripLeading().startsWith(">");
    }

    /** The length of the line that ends right before a place; 0 where none does. */
    int lineBefore(int place) {
        int line = Arrays.binarySearch(ends, place);
        while (line > 0 && ends[line - 1] == place) {
            line--;
        }
        return line < 0 ? 0 : place - start(line);
    }

    /** How many lines that are not blank end after {@code from} and not after {@code to}. */
    long lines(int from, int to) {
        return Arrays.stream(ends)
                .filter(end -> end > from && end <= to)
                .distinct()
                .count();
    }

    /** The line behind the last one that ends within so many characters from a line's start on. */
    int linesWithin(int line, int characters) {
        int beyond = line;
        while (beyond < ends.length && ends[beyond] <= start(line) + characters) {
            beyond++;
        }
        return beyond;
    }

    /** So many characters from a place on, or as many as there are. */
    String from(int place, int most) {
        return text.substring(place, Math.min(text.length(), place + most));
    }

    /** How many characters from a place on are the same as another text's from a place of its own on. */
    int common(int place, ComparedText other, int otherPlace) {
        int same = 0;
        while (place + same < text.length()
                && otherPlace + same < other.text.length()
                && text.charAt(place + same) == other.text.charAt(otherPlace + same)) {
            same++;
        }
        return same;
    }

    @Override
    public String toString() {
        return "ComparedText[" + ends.length + " lines]";
    }
}
