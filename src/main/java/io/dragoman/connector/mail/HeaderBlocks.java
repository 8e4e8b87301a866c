// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The headers of quoted mails as lines such as {@code From: …}, often below a rule. They are known by their values, not
 * by their words: who wrote to whom, when, about what, in any language and order. Each line is looked into once.
 */
final class HeaderBlocks {
    /** A line of dashes and the like, with or without words in it. */
    private static final Pattern RULE = Pattern.compile("^([\\p{Pd}\\u2500-\\u257F_=*~])\\1{2,}.{0,150}$");

    private static final Pattern TITLE = Pattern.compile("^[\\p{Pd}\\u2500-\\u257F_=*~]{3,}.{0,100}?\\p{L}.{0,100}$");

    private static final int MOST_FIELDS = 12;

    /** Lines in which a field goes on. */
    private static final int MOST_WRAPPED = 3;

    private final ReplyLines lines;
    private final ReplyFacts facts;
    private final Map<Integer, Optional<HeaderField>> known = new HashMap<>();

    HeaderBlocks(ReplyLines lines, ReplyFacts facts) {
        this.lines = lines;
        this.facts = facts;
    }

    private enum Fact {
        OURS,
        OTHER,
        DATE,
        SUBJECT
    }

    /** The last line of the block that begins at a line, with the rule above it; empty where none does. */
    Optional<Integer> end(int at) {
        if (rule(at)) {
            boolean titled = TITLE.matcher(lines.at(at)).matches();
            Block block = new Block(lines.text(at + 1));
            block.read(titled ? 1 : 0);
            return block.proven(titled) ? Optional.of(block.end) : Optional.empty();
        }
        boolean begins =
                HeaderField.is(lines.at(at)) && (at == 0 || !lines.own(at - 1) || !HeaderField.is(lines.at(at - 1)));
        if (!begins) {
            return Optional.empty(); // perhaps the middle of the writer's own table
        }
        Block block = new Block(at);
        block.read(0);
        return block.provenAlone() && lines.text(block.end + 1) < lines.size()
                ? Optional.of(block.end)
                : Optional.empty();
    }

    private boolean rule(int i) {
        return RULE.matcher(lines.at(i)).matches();
    }

    private Optional<HeaderField> field(int i) {
        return known.computeIfAbsent(i, at -> HeaderField.of(lines.at(at), facts));
    }

    /** The fields that follow each other, and what they say. */
    private final class Block {
        private final int first;
        private final Set<Fact> found = EnumSet.noneOf(Fact.class);
        private int end;
        private int fields;
        private boolean address;
        private boolean oursFirst;

        Block(int first) {
            this.first = first;
            this.end = first;
        }

        /**
         * Reads fields, either all parted by blank lines or none.
         *
         * @param most blank lines that may stand between two
         */
        void read(int most) {
            int gap = 0;
            int wrapped = 0;
            boolean spaced = false;
            for (int i = first; i < lines.size() && fields < MOST_FIELDS && gap <= most && !lines.marked(i); i++) {
                Optional<HeaderField> field = lines.blank(i) ? Optional.empty() : field(i);
                if (lines.blank(i)) {
                    gap += fields > 1 && !spaced ? most + 1 : 1;
                } else if (field.isPresent() && !(spaced && gap == 0)) {
                    take(field.get());
                    end = i;
                    spaced |= gap > 0;
                    gap = 0;
                    wrapped = 0;
                } else if (fields == 0 || gap > 0 || ++wrapped > MOST_WRAPPED || rule(i)) {
                    return;
                } else {
                    end = i;
                }
            }
        }

        /** A line says one thing; of two it may say, the one that is still missing. */
        private void take(HeaderField field) {
            fields++;
            address |= field.address();
            oursFirst |= fields == 1 && field.ours();
            if (field.subject()) {
                found.add(Fact.SUBJECT);
            } else if (field.ours() && !found.contains(Fact.OURS)) {
                found.add(Fact.OURS);
            } else if (field.other()) {
                found.add(Fact.OTHER);
            } else if (field.date()) {
                found.add(Fact.DATE);
            }
        }

        /** Below a rule: two facts where it has a title, else three; a name alone, or a date, proves nothing. */
        boolean proven(boolean titled) {
            boolean subject = found.contains(Fact.SUBJECT);
            return titled
                    ? fields >= 2 && found.size() >= 2 && (subject || (address && found.contains(Fact.DATE)))
                    : fields >= 3 && found.size() >= 3 && (subject || address);
        }

        /** Without a rule a customer's own table looks much like it: our address, a date and more are needed. */
        boolean provenAlone() {
            return fields >= 3
                    && found.size() >= 3
                    && address
                    && found.contains(Fact.DATE)
                    && (oursFirst || found.contains(Fact.SUBJECT));
        }
    }
}
