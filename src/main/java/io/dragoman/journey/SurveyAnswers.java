// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.State;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.SurveyAnswered;
import io.dragoman.rules.Rules;
import io.dragoman.rules.survey.ScoreReader;
import io.dragoman.rules.survey.ScoreReader.Answer;
import io.dragoman.rules.survey.Survey;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Surveys.Sent;
import io.dragoman.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells answers to surveys from messages. What is picked is an answer whenever it comes; what is written is one while the
 * conversation is closed and nobody wrote in it since. All else, and whatever opts out, is a message.
 *
 * @param rules the active ones
 */
public record SurveyAnswers(Supplier<Rules> rules) {
    /** How long after a score what is written may be the comment. */
    private static final Duration COMMENT_WITHIN = Duration.ofHours(24);

    private static final int LONGEST_COMMENT = 2_000;
    private static final Pattern QUESTION = Pattern.compile("[?？؟՞;]\\s*$");

    /** The answer that a message is; empty for a message. */
    Optional<SurveyAnswered> of(Tx tx, String channel, MessageReceived message, Instant now) {
        if (rules.get().surveys().isEmpty() || message.consent() != null || message.automatic() != null) {
            return Optional.empty();
        }
        Optional<Contact> contact =
                tx.contacts().byIdentity(channel, message.customer().identities());
        return contact.flatMap(one -> of(tx, channel, one, message, now));
    }

    private Optional<SurveyAnswered> of(Tx tx, String channel, Contact contact, MessageReceived message, Instant now) {
        if (message.parts().size() != 1) {
            return Optional.empty();
        }
        Part part = message.parts().get(0);
        if (part instanceof Part.ChoiceMade made) {
            Optional<SurveyMessage.Picked> picked = SurveyMessage.picked(made.id());
            if (picked.isPresent()) {
                return tx.surveys()
                        .find(picked.get().survey())
                        .filter(sent -> sent.contact().equals(contact.id()))
                        .filter(sent -> isOpen(sent, now))
                        .flatMap(sent -> event(tx, sent, message, picked.get().score(), null));
            }
        }
        String text = part instanceof Part.Text words
                ? words.text()
                : part instanceof Part.ChoiceMade made ? made.title() : "";
        return text.isBlank()
                ? Optional.empty()
                : tx.surveys()
                        .latest(contact.id(), channel)
                        .filter(sent -> isOpen(sent, now) && isAlone(tx, sent))
                        .flatMap(sent -> written(tx, sent, message, text, now));
    }

    private Optional<Survey> survey(Sent sent) {
        return rules.get().surveys().stream()
                .filter(one -> one.name().equals(sent.name()))
                .findFirst();
    }

    private boolean isOpen(Sent sent, Instant now) {
        return survey(sent)
                .filter(one -> now.isBefore(sent.sentAt().plus(one.expires())))
                .isPresent();
    }

    /** Whether the conversation rests since it was sent. */
    private static boolean isAlone(Tx tx, Sent sent) {
        boolean closed = tx.conversations()
                .find(sent.conversation())
                .filter(one -> one.conversation().status() == State.CLOSED)
                .isPresent();
        return closed
                && tx.messages().of(sent.conversation(), sent.sequence(), 10).stream()
                        .allMatch(one -> one.author().kind() == Message.Author.Kind.RULE);
    }

    private Optional<SurveyAnswered> written(Tx tx, Sent sent, MessageReceived message, String text, Instant now) {
        Survey survey = survey(sent).orElseThrow();
        Optional<Answer> answer = ScoreReader.read(survey, sent.language(), text);
        if (answer.isPresent()) {
            return event(tx, sent, message, answer.get().score(), answer.get().comment());
        }
        Integer score = sent.score();
        Instant answered = sent.answeredAt();
        if (score == null
                || answered == null
                || sent.comment() != null
                || !now.isBefore(answered.plus(COMMENT_WITHIN))) {
            return Optional.empty();
        }
        boolean comment = survey.comment(sent.language()).isPresent()
                && text.length() <= LONGEST_COMMENT
                && !QUESTION.matcher(text).find();
        return comment ? event(tx, sent, message, score, text.strip()) : Optional.empty();
    }

    private static Optional<SurveyAnswered> event(
            Tx tx, Sent sent, MessageReceived message, int score, @Nullable String comment) {
        if (!Survey.Scale.of(sent.scale()).has(score)) {
            return Optional.empty();
        }
        return tx.conversations()
                .find(sent.conversation())
                .map(Versioned::conversation)
                .map(Conversation::address)
                .map(address -> new SurveyAnswered(
                        message.key(), message.at(), address, sent.conversation(), score, comment, sent.id(), false));
    }
}
