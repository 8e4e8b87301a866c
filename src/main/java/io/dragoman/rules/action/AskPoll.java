// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.QuotedText;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks the customer a poll, a quiz or a short form.
 *
 * <pre>ask: lunch</pre>
 *
 * @param rule the rule that asked for it; empty until it is settled, as with language
 * @param poll its name in {@code polls.yaml}
 * @param language in which the customer is asked
 * @param suppressed why it is not asked; null asks it
 * @param waitsUntil when it is asked; null for at once
 * @param waits why it waits; null when it does not
 */
public record AskPoll(
        String rule,
        String poll,
        String language,
        @Nullable String suppressed,
        @Nullable Instant waitsUntil,
        @Nullable String waits)
        implements SetOnce {
    static final ActionType TYPE = ActionType.of(
            "ask",
            Form.TEXT,
            "The poll, quiz or form of polls.yaml that the customer is asked.",
            "lunch",
            AskPoll.class,
            (node, context) -> Stream.ofNullable(
                            RuleValues.known(node, "poll in polls.yaml", context.polls(), context.problems()))
                    .map(poll -> new AskPoll("", poll, "", null, null, null))
                    .toList());

    /** The same, asked later; one that is suppressed stays as it is. */
    public AskPoll waiting(Instant until, String why) {
        return suppressed == null ? new AskPoll(rule, poll, language, null, until, why) : this;
    }

    @Override
    public String subject() {
        return "ask";
    }

    @Override
    public String value() {
        return poll;
    }

    @Override
    public String done() {
        return "asks the poll " + QuotedText.quote(poll);
    }

    @Override
    public Action settled(String askedBy, ReplyWriter replies) {
        return replies.ask(askedBy, poll);
    }

    @Override
    public Optional<String> settlement() {
        return Optional.of("poll " + QuotedText.quote(poll)
                + (suppressed == null ? " is asked in '" + language + "'" + later() : " is not asked: " + suppressed));
    }

    private String later() {
        return waitsUntil == null ? "" : " at " + waitsUntil + ": " + waits;
    }

    @Override
    public Optional<String> detail() {
        return Optional.of(
                "poll " + poll + (suppressed == null ? " (" + language + ")" : " is not asked: " + suppressed));
    }

    @Override
    public boolean isEffective() {
        return suppressed == null;
    }

    @Override
    public String toString() {
        return "AskPoll[" + poll + "]";
    }
}
