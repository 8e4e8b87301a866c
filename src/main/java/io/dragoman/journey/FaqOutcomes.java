// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Json;
import io.dragoman.model.Message.Direction;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.AnswerQuestion;
import io.dragoman.rules.answer.AnswerOutcome;
import io.dragoman.store.KeptDecisions.Kept;
import io.dragoman.store.Messages.Heading;
import io.dragoman.store.Tx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the FAQ made of messages, from the decisions that are kept with them. */
public final class FaqOutcomes {
    /** So many of a conversation's last messages are looked at. */
    private static final int MOST = 50;

    private FaqOutcomes() {}

    /** What came of looking for an answer; empty where a decision did not. */
    public static Optional<AnswerOutcome> of(Kept kept) {
        if (!kept.content().contains("\"searched\"")) {
            return Optional.empty(); // no answer was asked for: it need not be read
        }
        try {
            JsonNode decision =
                    Json.tree(kept.content().getBytes(StandardCharsets.UTF_8)).path("decision");
            return Json.convert(decision, Decision.class).answer().map(AnswerQuestion::outcome);
        } catch (IOException e) {
            throw new IllegalStateException("a decision is no JSON", e);
        }
    }

    /** The language in which the FAQ was last searched in a conversation; empty where it was not, or in all. */
    public static Optional<String> language(Tx tx, String conversation) {
        List<String> received = tx.messages().headings(conversation, MOST).stream()
                .filter(one -> one.direction() == Direction.IN)
                .map(Heading::id)
                .toList();
        return tx.decisions().of(received).stream()
                .sorted(Comparator.comparing(Kept::message).reversed())
                .flatMap(kept -> of(kept).stream())
                .map(AnswerOutcome::language)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** The same where nothing tells the customer's language; null where something does, or the FAQ was not searched. */
    static @Nullable String guess(Tx tx, Conversation conversation, Contact contact) {
        boolean told = conversation.language() != null || contact.language() != null;
        return told || !conversation.attributes().containsKey(AnswerQuestion.STATE)
                ? null
                : language(tx, conversation.id()).orElse(null);
    }
}
