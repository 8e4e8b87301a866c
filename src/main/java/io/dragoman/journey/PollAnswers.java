// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.Contact;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.PollAnswered;
import io.dragoman.rules.Rules;
import io.dragoman.rules.poll.Poll;
import io.dragoman.rules.poll.PollAnswerReader;
import io.dragoman.rules.poll.PollAnswerReader.Answer;
import io.dragoman.rules.poll.PollQuestion;
import io.dragoman.store.Polls.Asked;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells answers to polls from messages. What is picked is an answer as long as the poll is open; what is written is one
 * while nobody but the customer and the poll itself wrote in the conversation since. All else, and whatever opts out, is a
 * message.
 *
 * @param rules the active ones
 */
public record PollAnswers(Supplier<Rules> rules) {
    /** So many messages after the one that asked are looked at; after more nothing written is an answer. */
    private static final int MOST = 20;

    /** The answer that a message is; empty for a message. */
    Optional<PollAnswered> of(Tx tx, String channel, MessageReceived message, Instant now) {
        if (rules.get().polls().isEmpty() || message.consent() != null || message.automatic() != null) {
            return Optional.empty();
        }
        return tx.contacts()
                .byIdentity(channel, message.customer().identities())
                .flatMap(contact -> of(tx, channel, contact, message, now));
    }

    private Optional<PollAnswered> of(Tx tx, String channel, Contact contact, MessageReceived message, Instant now) {
        if (message.parts().size() != 1) {
            return Optional.empty();
        }
        Part part = message.parts().get(0);
        Optional<PollMessage.Picked> picked =
                part instanceof Part.ChoiceMade made ? PollMessage.picked(made.id()) : Optional.empty();
        if (picked.isPresent()) {
            return tx.polls()
                    .find(picked.get().poll())
                    .filter(asked -> asked.account().equals(channel) && isTheirs(tx, asked, contact))
                    .flatMap(asked -> picked(tx, asked, picked.get(), message, now));
        }
        String text = part instanceof Part.Text words
                ? words.text()
                : part instanceof Part.ChoiceMade made ? made.title() : "";
        return text.isBlank()
                ? Optional.empty()
                : tx.polls()
                        .latest(contact.id(), channel)
                        .filter(asked -> isAlone(tx, asked))
                        .flatMap(asked -> written(tx, asked, text, message, now));
    }

    private static boolean isTheirs(Tx tx, Asked asked, Contact contact) {
        return tx.conversations()
                .find(asked.conversation())
                .filter(found -> found.conversation().contact().equals(contact.id()))
                .isPresent();
    }

    private Optional<Poll> poll(Asked asked, Instant now) {
        return rules.get().polls().stream()
                .filter(one -> one.name().equals(asked.name()))
                .filter(one -> one.isOpen(asked.askedAt(), now))
                .findFirst();
    }

    private Optional<PollAnswered> picked(
            Tx tx, Asked asked, PollMessage.Picked picked, MessageReceived message, Instant now) {
        return poll(asked, now)
                .map(Poll::questions)
                .filter(questions -> picked.question() < questions.size())
                .map(questions -> questions.get(picked.question()))
                .flatMap(question -> PollAnswerReader.picked(question, picked.choice())
                        .flatMap(answer -> event(tx, asked, question, answer, message)));
    }

    /** Whether nobody wrote since it was asked but the customer, and what the poll itself said. */
    private static boolean isAlone(Tx tx, Asked asked) {
        List<Message> since = tx.messages().of(asked.conversation(), asked.sequence(), MOST);
        return since.size() < MOST
                && since.stream()
                        .allMatch(one -> one.direction() == Message.Direction.IN
                                || CommitPoll.author(asked.name())
                                        .equals(one.author().name()));
    }

    /** To the question that waits; at the end to that of a poll with one question, which can be changed so. */
    private Optional<PollAnswered> written(Tx tx, Asked asked, String text, MessageReceived message, Instant now) {
        return poll(asked, now)
                .flatMap(poll -> asked.question() != null
                        ? poll.question(asked.question())
                        : poll.isForm() ? Optional.empty() : changeable(poll))
                .flatMap(question -> PollAnswerReader.written(question, asked.language(), text)
                        .flatMap(answer -> event(tx, asked, question, answer, message)));
    }

    /** What is written after a text was answered is what the customer writes next. */
    private static Optional<PollQuestion> changeable(Poll poll) {
        return poll.questions().stream()
                .filter(question -> question.kind() != PollQuestion.Kind.TEXT)
                .findFirst();
    }

    private static Optional<PollAnswered> event(
            Tx tx, Asked asked, PollQuestion question, Answer answer, MessageReceived message) {
        return tx.conversations()
                .find(asked.conversation())
                .map(found -> new PollAnswered(
                        message.key(),
                        message.at(),
                        found.conversation().address(),
                        asked.conversation(),
                        asked.id(),
                        question.name(),
                        answer.value(),
                        answer.choice()));
    }

    /** The question of a form that waits, where a message is no answer to it; empty where none does, or it was repeated. */
    Optional<Missed> missed(Tx tx, String channel, String contact, String conversation, long before, Instant now) {
        return tx.polls()
                .latest(contact, channel)
                .filter(asked -> asked.conversation().equals(conversation) && !asked.repeated())
                .filter(asked -> asked.question() != null
                        && tx.messages().of(conversation, asked.sequence(), MOST).stream()
                                .filter(one -> one.sequence() != before)
                                .allMatch(one -> CommitPoll.author(asked.name())
                                        .equals(one.author().name())))
                .flatMap(asked -> poll(asked, now).filter(Poll::isForm).flatMap(poll -> poll.question(
                                Objects.requireNonNullElse(asked.question(), ""))
                        .filter(question -> question.kind() != PollQuestion.Kind.TEXT)
                        .map(question -> new Missed(asked, poll, question))));
    }

    /** A question that was not answered as asked. */
    record Missed(Asked asked, Poll poll, PollQuestion question) {
        @Override
        public String toString() {
            return "Missed[" + asked.id() + "]";
        }
    }
}
