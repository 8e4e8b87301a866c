// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.kit.DateText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line such as {@code From: …} and what its value says of the mail that a reply may quote, in any language.
 *
 * @param ours it names us
 * @param address it does so by an address
 * @param other it names the customer, or somebody else's address
 * @param date it holds a date
 * @param subject it is the subject
 */
record HeaderField(boolean ours, boolean address, boolean other, boolean date, boolean subject) {
    private static final Pattern FIELD =
            Pattern.compile("^\\*{0,2}\\p{L}[^\\d@<>\"：:]{0,40}[:：]\\*{0,2}(?!//)\\s*(.*)$");

    /** Whether a line has the form of a field. */
    static boolean is(String line) {
        return (line.indexOf(':') > 0 || line.indexOf('：') > 0)
                && FIELD.matcher(line).matches();
    }

    /** The field that a line is; empty for none. */
    static Optional<HeaderField> of(String line, ReplyFacts facts) {
        Matcher field = FIELD.matcher(line);
        if (!field.matches()) {
            return Optional.empty();
        }
        String value = field.group(1);
        boolean ours = facts.oursInField(value);
        return Optional.of(new HeaderField(
                ours,
                ReplyFacts.addresses(value).stream().anyMatch(facts::ourAddress),
                facts.theirsInField(value)
                        || (!ours && !ReplyFacts.addresses(value).isEmpty()),
                DateText.isIn(value),
                facts.subjectIn(value)));
    }
}
