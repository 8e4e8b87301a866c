// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.kit.HtmlText;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the writer of a reply wrote, without the history that their program put below it. A guess, so it errs on the
 * side of showing too much: answers between quoted lines stay whole, and nothing is ever cut down to nothing.
 */
final class QuotedText {
    /** The longest text that is searched. */
    private static final int LONGEST = 64 * 1024;

    /** More lines below two dashes are no signature. */
    private static final int LONGEST_SIGNATURE = 15;

    private final List<String> lines;
    private int cut;
    private boolean below;

    private QuotedText(List<String> lines) {
        this.lines = lines;
        this.cut = lines.size();
    }

    /** The whole text, without our own marks. */
    static String whole(String text) {
        return text.indexOf(HtmlText.QUOTE_MARK) < 0
                ? text.strip()
                : text.replace(HtmlText.QUOTE_MARK + "\n", "")
                        .replace(HtmlText.QUOTE_MARK, "")
                        .strip();
    }

    /**
     * The visible part of a reply.
     *
     * @param ownMarker the line that this gateway puts atop its mail; null for none
     */
    static String visible(String text, @Nullable String ownMarker) {
        String searched = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        List<String> lines = Arrays.asList(searched.split("\n", -1));
        QuotedText quoted = new QuotedText(lines);
        boolean marked = quoted.cutAtOwnMarker(ownMarker);
        boolean found = quoted.cutAtQuote() || marked;
        if (!found && text.length() > LONGEST) {
            return whole(text);
        }
        quoted.trimTail();
        String visible = quoted.below ? quoted.belowTheQuote() : whole(String.join("\n", lines.subList(0, quoted.cut)));
        return visible.isBlank() || visible.length() >= whole(text).length() ? whole(text) : visible;
    }

    private boolean cutAtOwnMarker(@Nullable String marker) {
        for (int i = 0; marker != null && i < cut; i++) {
            if (lines.get(i).contains(marker)) {
                cut = i;
                return true;
            }
        }
        return false;
    }

    private boolean cutAtQuote() {
        for (int i = 0; i < cut; i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith(">")) {
                continue;
            }
            int attribution = QuoteWords.attribution(lines, i, cut);
            if (line.equals(HtmlText.QUOTE_MARK) || attribution >= 0) {
                return cutUnlessAnswered(line.equals(HtmlText.QUOTE_MARK) ? i : attribution, i);
            }
            if (QuoteWords.forwards(line)) {
                return false;
            }
            if (QuoteWords.separates(line) || QuoteWords.headerBlock(lines, i, cut)) {
                cut = i;
                return true;
            }
        }
        return false;
    }

    private boolean cutUnlessAnswered(int start, int end) {
        for (int i = end + 1; i < Math.min(cut, end + 4); i++) {
            if (QuoteWords.forwards(lines.get(i).strip())) {
                return false;
            }
        }
        if (answersBetween(end)) {
            below = !hasText(0, start) && oneQuote(end + 1);
            return below;
        }
        cut = start;
        return true;
    }

    /** Whether nothing of the writer's stands above the last quoted line. */
    private boolean oneQuote(int from) {
        int last = from;
        for (int i = from; i < cut; i++) {
            last = lines.get(i).strip().startsWith(">") ? i : last;
        }
        for (int i = from; i < last; i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith(">") && QuoteWords.attribution(lines, i, cut) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the writer answered between or below quoted lines. */
    private boolean answersBetween(int from) {
        boolean quote = false;
        for (int i = from + 1; i < cut; i++) {
            String line = lines.get(i).strip();
            if (line.startsWith(">")) {
                quote = true;
            } else if (quote
                    && !line.isEmpty()
                    && !line.equals(HtmlText.QUOTE_MARK)
                    && !QuoteWords.signature(lines.get(i))) {
                return true;
            } else if (quote && QuoteWords.signature(lines.get(i))) {
                return false;
            }
        }
        return false;
    }

    /** Drops trailing quoted lines, rules and the signature. */
    private void trimTail() {
        for (int i = 1; i < cut; i++) {
            if (cut - i <= LONGEST_SIGNATURE && QuoteWords.signature(lines.get(i)) && hasText(0, i)) {
                cut = i;
            }
        }
        int end = cut;
        while (end > 0 && droppable(lines.get(end - 1).strip())) {
            end--;
        }
        if (end > 0 && end < cut && QuoteWords.attribution(lines, end - 1, cut) >= 0) {
            end = QuoteWords.attribution(lines, end - 1, cut);
        }
        if (hasText(0, end)) {
            cut = end;
        }
    }

    private static boolean droppable(String line) {
        return line.isEmpty()
                || line.startsWith(">")
                || line.equals(HtmlText.QUOTE_MARK)
                || line.matches("[_-]{5,200}");
    }

    private boolean hasText(int from, int to) {
        for (int i = from; i < to; i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith(">") && !line.equals(HtmlText.QUOTE_MARK)) {
                return true;
            }
        }
        return false;
    }

    /** For those who answer below: what follows the last quoted line. */
    private String belowTheQuote() {
        int last = -1;
        for (int i = 0; i < lines.size(); i++) {
            last = lines.get(i).strip().startsWith(">") ? i : last;
        }
        return last < 0 ? "" : whole(String.join("\n", lines.subList(last + 1, lines.size())));
    }
}
