// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a quoted mail as lines such as {@code From: …}, often below a rule. It is known by its values, not by
 * its words: who wrote to whom, when, about what, in any language and order.
 */
final class HeaderBlock {
    /** A line of dashes and the like, with or without words in it. */
    private static final Pattern RULE = Pattern.compile("^([\\p{Pd}\\u2500-\\u257F_=*~])\\1{2,}.{0,150}$");

    private static final Pattern TITLE = Pattern.compile("^[\\p{Pd}\\u2500-\\u257F_=*~]{3,}.{0,100}?\\p{L}.{0,100}$");
    private static final Pattern FIELD =
            Pattern.compile("^\\*{0,2}\\p{L}[^\\d@<>\"：:]{0,40}[:：]\\*{0,2}(?!//)\\s*(.*)$");

    private static final int MOST_FIELDS = 12;

    /** Lines in which a field goes on. */
    private static final int MOST_WRAPPED = 3;

    private final ReplyFacts facts;
    private final Set<Fact> found = EnumSet.noneOf(Fact.class);
    private int fields;
    private boolean address;
    private boolean oursFirst;
    private int end;

    private HeaderBlock(ReplyFacts facts) {
        this.facts = facts;
    }

    private enum Fact {
        OURS,
        THEIRS,
        DATE,
        SUBJECT
    }

    /** The last line of the block that begins at a line, with the rule above it; empty where none does. */
    static Optional<Integer> end(ReplyLines lines, int at, ReplyFacts facts) {
        HeaderBlock block = new HeaderBlock(facts);
        if (RULE.matcher(lines.at(at)).matches()) {
            boolean titled = TITLE.matcher(lines.at(at)).matches();
            block.read(lines, lines.text(at + 1), titled ? 1 : 0);
            return block.proven(titled) ? Optional.of(block.end) : Optional.empty();
        }
        if (at > 0 && lines.own(at - 1) && FIELD.matcher(lines.at(at - 1)).matches()) {
            return Optional.empty(); // the middle of the writer's own table
        }
        block.read(lines, at, 0);
        return block.provenAlone() && lines.text(block.end + 1) < lines.size()
                ? Optional.of(block.end)
                : Optional.empty();
    }

    /**
     * Reads fields, either all parted by blank lines or none.
     *
     * @param most blank lines that may stand between two
     */
    private void read(ReplyLines lines, int first, int most) {
        end = first;
        int gap = 0;
        int wrapped = 0;
        boolean spaced = false;
        for (int i = first; i < lines.size() && fields < MOST_FIELDS && gap <= most; i++) {
            Matcher field = FIELD.matcher(lines.at(i));
            if (lines.marked(i)) {
                return;
            } else if (lines.blank(i)) {
                gap += fields > 1 && !spaced ? most + 1 : 1;
            } else if (field.matches() && !(spaced && gap == 0)) {
                take(field.group(1));
                spaced |= gap > 0;
                end = i;
                gap = 0;
                wrapped = 0;
            } else if (fields == 0 || gap > 0 || ++wrapped > MOST_WRAPPED) {
                return;
            } else {
                end = i;
            }
        }
    }

    /** A line says one thing; of two it may say, the one that is still missing. */
    private void take(String value) {
        fields++;
        address |= ReplyFacts.addresses(value).stream().anyMatch(facts::ourAddress);
        boolean ours = facts.oursInField(value);
        boolean other = facts.theirsInField(value)
                || (!ours && !ReplyFacts.addresses(value).isEmpty());
        oursFirst |= fields == 1 && ours;
        if (facts.subjectIn(value)) {
            found.add(Fact.SUBJECT);
        } else if (ours && !found.contains(Fact.OURS)) {
            found.add(Fact.OURS);
        } else if (other) {
            found.add(Fact.THEIRS);
        } else if (DateText.isIn(value)) {
            found.add(Fact.DATE);
        }
    }

    /** Below a rule: two facts where the rule has a title, else three; a name alone, or a date, proves nothing. */
    private boolean proven(boolean titled) {
        boolean subject = found.contains(Fact.SUBJECT);
        return titled
                ? fields >= 2 && found.size() >= 2 && (subject || (address && found.contains(Fact.DATE)))
                : fields >= 3 && found.size() >= 3 && (subject || address);
    }

    /** Without a rule a customer's own table looks much like it: our address, a date and one thing more are needed. */
    private boolean provenAlone() {
        return fields >= 3
                && found.size() >= 3
                && address
                && found.contains(Fact.DATE)
                && (oursFirst || found.contains(Fact.SUBJECT));
    }
}
