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
 * Answers the customer.
 *
 * <pre>reply: out-of-hours</pre>
 *
 * @param rule the rule that asked for it; empty until it is settled, as with language and text
 * @param reply its name in {@code replies.yaml}
 * @param language of the text that was chosen
 * @param text as the customer gets it; empty when suppressed
 * @param suppressed why it is not sent; null sends it
 * @param waitsUntil when it is sent; null for at once
 * @param waits why it waits; null when it does not
 */
public record SendReply(
        String rule,
        String reply,
        String language,
        String text,
        @Nullable String suppressed,
        @Nullable Instant waitsUntil,
        @Nullable String waits)
        implements SetOnce {
    /** One that waits for nothing. */
    public SendReply(String rule, String reply, String language, String text, @Nullable String suppressed) {
        this(rule, reply, language, text, suppressed, null, null);
    }

    /** The same, sent later; one that is suppressed stays as it is. */
    public SendReply waiting(Instant until, String why) {
        return suppressed == null ? new SendReply(rule, reply, language, text, null, until, why) : this;
    }

    static final ActionType TYPE = ActionType.of(
            "reply",
            Form.TEXT,
            "The reply of replies.yaml that is sent automatically.",
            "out-of-hours",
            SendReply.class,
            (node, context) -> Stream.ofNullable(
                            RuleValues.known(node, "reply in replies.yaml", context.replies(), context.problems()))
                    .map(reply -> new SendReply("", reply, "", "", null))
                    .toList());

    @Override
    public String subject() {
        return "reply";
    }

    @Override
    public String value() {
        return reply;
    }

    @Override
    public Action settled(String rule, ReplyWriter replies) {
        return replies.write(rule, reply);
    }

    @Override
    public Optional<String> settlement() {
        return Optional.of("reply " + QuotedText.quote(reply)
                + (suppressed == null ? " is sent in '" + language + "'" + later() : " is suppressed: " + suppressed));
    }

    private String later() {
        return waitsUntil == null ? "" : " at " + waitsUntil + ": " + waits;
    }

    @Override
    public Optional<String> detail() {
        return Optional.of("reply " + reply + (language.isEmpty() ? "" : " (" + language + ")")
                + (suppressed == null ? ": " + text : " is not sent: " + suppressed));
    }

    @Override
    public Optional<String> speaks() {
        return suppressed == null ? Optional.of(rule) : Optional.empty();
    }

    @Override
    public boolean isEffective() {
        return suppressed == null;
    }

    @Override
    public String toString() {
        return "SendReply[" + reply + "]";
    }
}
