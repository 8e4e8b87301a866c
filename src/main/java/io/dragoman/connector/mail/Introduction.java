// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.kit.DateText;
import java.util.regex.Pattern;

/**
 * The line or two in which a mail program says whose words it quotes. They are known by what they hold in every
 * language: the name or address of who is quoted, when they wrote, little else, and a quote below.
 */
final class Introduction {
    /** What may end it: a colon of any script. */
    private static final String COLONS = ":：︓፡፦៖։׃∶";

    private static final Pattern RULED =
            Pattern.compile("^[\\p{Pd}\\u2500-\\u257F_=*~]{2}.*\\p{L}.*[\\p{Pd}\\u2500-\\u257F_=*~]{2}:?$");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]{2,}");
    private static final Pattern BRACKETED =
            Pattern.compile("[<(\\[](mailto:)?" + ReplyFacts.ADDRESS.pattern() + "[>)\\]]");

    private static final int LONGEST = 300;
    private static final int MOST_LINES = 3;

    /** Words besides names, addresses and figures; those of a date count. */
    private static final int MOST_WORDS = 14;

    /** The same where there is no date. */
    private static final int FEW_WORDS = 5;

    private final ReplyLines lines;
    private final ReplyFacts facts;

    Introduction(ReplyLines lines, ReplyFacts facts) {
        this.lines = lines;
        this.facts = facts;
    }

    static boolean endsAsOne(String line) {
        return !line.isEmpty() && COLONS.indexOf(line.charAt(line.length() - 1)) >= 0;
    }

    /** Where the introduction that ends at a line starts; -1 where none does. */
    int start(int end) {
        if (!lines.own(end) || !lastOfParagraph(end)) {
            return -1;
        }
        int start = end;
        for (int i = 0; i < MOST_LINES && start >= 0; i++) {
            if (introduces(start, end)) {
                return whole(start, end);
            }
            start = goesOn(start - 1) ? start - 1 : -1;
        }
        return -1;
    }

    private boolean lastOfParagraph(int end) {
        return end + 1 >= lines.size() || !lines.own(end + 1) || endsAsOne(lines.at(end));
    }

    private boolean goesOn(int i) {
        return i >= 0 && lines.own(i) && lines.open(i);
    }

    /** Takes in lines above that belong to it: who or when, if that is still missing, and the rest of a wrapped one. */
    private int whole(int from, int end) {
        int start = from;
        while (end - start + 1 < MOST_LINES && goesOn(start - 1)) {
            String above = lines.at(start - 1);
            String text = lines.joined(start, end);
            boolean when = !DateText.isIn(text) && DateText.withTimeIn(above);
            boolean who = !names(text) && names(above);
            boolean rest = lines.wrapped(start - 1) && beginsParagraph(start - 1) && few(lines.joined(start - 1, end));
            if (!rest && !((when || who) && beginsParagraph(start - 1) && few(lines.joined(start - 1, end)))) {
                break;
            }
            start--;
        }
        return start;
    }

    private boolean beginsParagraph(int i) {
        return i == 0 || !lines.own(i - 1);
    }

    private boolean names(String text) {
        return facts.ours(text) || !ReplyFacts.addresses(text).isEmpty();
    }

    private boolean few(String text) {
        return words(text) <= MOST_WORDS;
    }

    private long words(String text) {
        return WORD.matcher(facts.without(text)).results().count();
    }

    private boolean introduces(int start, int end) {
        String text = lines.joined(start, end);
        boolean ends = endsAsOne(text) || RULED.matcher(text).matches();
        if (text.length() > LONGEST || !(ends || text.chars().anyMatch(Character::isDigit))) {
            return false;
        }
        boolean proven = lines.markedFrom(end + 1)
                ? introducesMarked(text, end)
                : ends && lines.text(end + 1) < lines.size() && introducesHistory(text, start);
        return proven && few(text);
    }

    /** Above quoted lines little proof is needed: nothing of the writer's comes after it. */
    private boolean introducesMarked(String text, int end) {
        if (RULED.matcher(text).matches()) {
            return true;
        }
        boolean named = names(text);
        if (endsAsOne(text)) {
            return named || DateText.isIn(text) || QuoteWords.wrote(text);
        }
        return DateText.withTimeIn(text) && (named || (lines.marked(end + 1) && text.matches(".*\\p{L}[:：].*")));
    }

    /** Above a history without marks: what a person would hardly type. */
    private boolean introducesHistory(String text, int start) {
        if (!names(text)) {
            return false;
        }
        boolean bracketed = BRACKETED.matcher(text).find();
        if (DateText.isIn(text)) {
            return bracketed || DateText.withTimeIn(text);
        }
        return bracketed && facts.ours(text) && beginsParagraph(start) && words(text) <= FEW_WORDS;
    }
}
