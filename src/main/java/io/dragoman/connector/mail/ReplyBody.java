// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.kit.HtmlText;

/**
 * What the writer of a reply wrote, without the history that their program put below it. The history is found by its
 * form and by what the gateway knows of the mail that is quoted, hardly by words. A guess, so it errs on the side of
 * showing too much: it is cut only where it goes to the end, answers between quoted lines stay whole, and nothing is
 * ever cut down to nothing.
 */
final class ReplyBody {
    /** The longest text that is searched. */
    private static final int LONGEST = 64 * 1024;

    private final ReplyLines lines;
    private final ReplyFacts facts;
    private final HeaderBlocks headers;
    private final Introduction introduction;
    private final Signatures signatures;
    private int cut;
    private boolean below;

    private ReplyBody(ReplyLines lines, ReplyFacts facts) {
        this.lines = lines;
        this.facts = facts;
        this.headers = new HeaderBlocks(lines, facts);
        this.introduction = new Introduction(lines, facts);
        this.signatures = new Signatures(lines, facts);
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

    /** The visible part of a reply. */
    static String visible(String text, ReplyFacts facts) {
        String searched = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        ReplyBody quoted = new ReplyBody(ReplyLines.of(searched, facts), facts);
        boolean marked = quoted.cutAtOwnMarker();
        boolean found = quoted.cutAtQuote() || marked;
        if (!found && text.length() > LONGEST) {
            return whole(text);
        }
        quoted.trimTail();
        String visible = quoted.below ? quoted.belowTheQuote() : quoted.lines.text(0, quoted.cut);
        return visible.isBlank() || visible.length() >= whole(text).length() ? whole(text) : visible;
    }

    private boolean cutAtOwnMarker() {
        for (int i = 0; facts.ownMarker() != null && i < cut; i++) {
            if (lines.raw(i).contains(facts.ownMarker())) {
                cut = i;
                return true;
            }
        }
        return false;
    }

    private boolean cutAtQuote() {
        for (int i = 0; i < cut; i++) {
            if (lines.startsQuote(i)) {
                return cutUnlessAnswered(i, i);
            }
            if (!lines.own(i)) {
                continue;
            }
            int header = headers.end(i).orElse(-1);
            if (QuoteWords.forwards(lines.at(i))) {
                return false;
            }
            if (header >= 0) {
                return cutUnlessAnswered(i, header);
            }
            int start = introduction.start(i);
            if (start >= 0) {
                return cutUnlessAnswered(start, i);
            }
        }
        return false;
    }

    /**
     * Cuts what an introduction and all below it make up.
     *
     * @param start the introduction's first line
     * @param end its last line
     */
    private boolean cutUnlessAnswered(int start, int end) {
        for (int i = end + 1; i < Math.min(cut, end + 4); i++) {
            if (QuoteWords.forwards(lines.at(i))) {
                return false;
            }
        }
        if (answered(end + 1)) {
            below = !lines.anyOwn(0, start) && oneQuote(end + 1);
            return below;
        }
        if (!lines.markedFrom(end + 1) && onlyGreets(start)) {
            return false;
        }
        cut = start;
        return true;
    }

    /** Whether all above is a greeting, so that the answer itself must be below. */
    private boolean onlyGreets(int start) {
        int first = lines.text(0);
        return first < start
                && !lines.anyOwn(first + 1, start)
                && lines.at(first).matches(".*[,،，、]$");
    }

    /** Whether nothing of the writer's stands above the last quoted line. */
    private boolean oneQuote(int from) {
        int last = lines.lastMarked();
        for (int i = from; i < last; i++) {
            if (lines.own(i) && introduction.start(i) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the writer answered between or below quoted lines. */
    private boolean answered(int from) {
        boolean quote = false;
        for (int i = from; i < cut; i++) {
            if (lines.marked(i)) {
                quote = true;
            } else if (quote && lines.own(i)) {
                return !signatures.startsAt(i, cut) && !signatures.footerAt(i, cut);
            }
        }
        return false;
    }

    /** Drops the signature and what else programs put at the end. */
    private void trimTail() {
        for (int i = 1; i < cut && !facts.signed(); i++) {
            if (signatures.startsAt(i, cut) && lines.anyOwn(0, i)) {
                cut = i;
            }
        }
        int end = withoutQuotes(cut);
        if (end > 0 && signatures.advertisementAt(end - 1)) {
            end = withoutQuotes(end - 1);
        }
        if (lines.anyOwn(0, end)) {
            cut = end;
        }
    }

    /** Where what is quoted without an introduction begins, with the blank lines and rules before it. */
    private int withoutQuotes(int from) {
        int end = from;
        while (end > 0 && (!lines.own(end - 1) || lines.at(end - 1).matches("[_=-]{3,200}"))) {
            end--;
        }
        return end;
    }

    /** For those who answer below: what follows the last quoted line. */
    private String belowTheQuote() {
        return lines.text(lines.lastMarked() + 1, cut);
    }
}
