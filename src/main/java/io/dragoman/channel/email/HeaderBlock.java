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
    private static final Pattern RULE = Pattern.compile("^([-_=*~—–─])\\1{2,}.{0,150}$");

    private static final Pattern TITLE = Pattern.compile("^[-_=*~—–─]{3,}.{0,100}?\\p{L}.{0,100}$");
    private static final Pattern FIELD =
            Pattern.compile("^\\*{0,2}\\p{L}[^\\d@<>\"：:]{0,40}[:：]\\*{0,2}(?!//)\\s*(.*)$");

    private static final int MOST_FIELDS = 12;

    /** Lines in which a field goes on. */
    private static final int MOST_WRAPPED = 3;

    private final ReplyFacts facts;
    private final Set<Fact> found = EnumSet.noneOf(Fact.class);
    private int fields;
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
        boolean rule = RULE.matcher(lines.at(at)).matches();
        int first = rule ? lines.text(at + 1) : at;
        HeaderBlock block = new HeaderBlock(facts);
        block.read(lines, first);
        boolean history = lines.text(block.end + 1) < lines.size() || rule;
        boolean proven = rule
                ? block.proven(TITLE.matcher(lines.at(at)).matches())
                : block.provenAlone() && lines.blank(Math.min(block.end + 1, lines.size() - 1));
        return proven && history ? Optional.of(block.end) : Optional.empty();
    }

    private void read(ReplyLines lines, int first) {
        end = first;
        int gap = 0;
        int wrapped = 0;
        for (int i = first; i < lines.size() && fields < MOST_FIELDS && gap <= 1; i++) {
            if (lines.marked(i)) {
                return;
            }
            Matcher field = FIELD.matcher(lines.at(i));
            if (lines.blank(i)) {
                gap++;
            } else if (field.matches()) {
                take(field.group(1));
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
        boolean ours = facts.oursInField(value);
        boolean other = facts.theirsInField(value)
                || (!ours && !ReplyFacts.addresses(value).isEmpty());
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

    /** Below a rule: two facts where the rule has a title, else three; ours or the subject must be one. */
    private boolean proven(boolean titled) {
        boolean own = found.contains(Fact.OURS) || found.contains(Fact.SUBJECT);
        return own && (titled ? fields >= 2 && found.size() >= 2 : fields >= 3 && found.size() >= 3);
    }

    /** Without a rule a customer's own table looks much like it: who, when and one thing more are needed. */
    private boolean provenAlone() {
        return fields >= 3 && found.size() >= 3 && found.contains(Fact.OURS) && found.contains(Fact.DATE);
    }
}
