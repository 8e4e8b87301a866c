// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.contact;

import io.dragoman.app.answers.AnswerQueries;
import io.dragoman.app.contact.ContactTimeline.Entry;
import io.dragoman.app.contact.ContactTimeline.Kind;
import io.dragoman.model.Contact;
import io.dragoman.model.Message;
import io.dragoman.model.Words;
import io.dragoman.rules.answer.AnswerOutcome;
import io.dragoman.rules.answer.AnswerOutcome.Near;
import io.dragoman.store.Consents.Stated;
import io.dragoman.store.ContactList.Spoken;
import io.dragoman.store.Surveys.Sent;
import io.dragoman.store.Tx;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the timeline of a contact has besides talk: surveys, answers of the FAQ, consents. */
final class ContactFacts {
    /** A hand-over is an entry of its own, whoever handed over. */
    private static final Set<AnswerOutcome.Kind> TOLD =
            EnumSet.of(AnswerOutcome.Kind.ANSWERED, AnswerOutcome.Kind.HELPED, AnswerOutcome.Kind.MISSED);

    private ContactFacts() {}

    static List<Entry> surveys(Tx tx, Contact contact, long until, int most) {
        return tx.surveys().ofContact(contact.id(), until, most).stream()
                .flatMap(ContactFacts::survey)
                .toList();
    }

    private static Stream<Entry> survey(Sent one) {
        Entry asked = ContactTimeline.entry(Kind.SURVEY, one.id() + ":asked", one.sentAt())
                .channel(one.account())
                .conversation(one.conversation())
                .message(one.message())
                .what("asked")
                .name(one.name())
                .build();
        if (one.answeredAt() == null) {
            return Stream.of(asked);
        }
        Entry answered = ContactTimeline.entry(Kind.SURVEY, one.id() + ":answered", one.answeredAt())
                .channel(one.account())
                .conversation(one.conversation())
                .what("answered")
                .name(one.name())
                .score(one.score())
                .text(one.comment())
                .build();
        return Stream.of(asked, answered);
    }

    static List<Entry> consents(Tx tx, Contact contact, long until, int most) {
        return tx.consents().history(contact.id(), until, most).stream()
                .map(ContactFacts::consent)
                .toList();
    }

    private static Entry consent(Stated one) {
        String id = "consent:" + one.channel() + ":" + Words.of(one.purpose()) + ":"
                + one.at().toEpochMilli();
        return ContactTimeline.entry(Kind.CONSENT, id, one.at())
                .channel(one.channel())
                .what(one.given() ? "given" : "withdrawn")
                .name(Words.of(one.purpose()))
                .text(one.reason() + " (" + Words.of(one.source()) + ")")
                .build();
    }

    /** What the FAQ made of those of these messages that it was asked about. */
    static List<Entry> answers(Tx tx, List<Spoken> messages) {
        Map<String, Spoken> wrote = messages.stream()
                .filter(one -> one.message().direction() == Message.Direction.IN)
                .collect(Collectors.toMap(one -> one.message().id(), Function.identity()));
        return tx.decisions().of(List.copyOf(wrote.keySet())).stream()
                .flatMap(kept -> AnswerQueries.outcome(kept)
                        .filter(outcome -> TOLD.contains(outcome.kind()))
                        .map(outcome -> answer(Objects.requireNonNull(wrote.get(kept.message())), outcome))
                        .stream())
                .toList();
    }

    private static Entry answer(Spoken asked, AnswerOutcome outcome) {
        String question = outcome.kind() != AnswerOutcome.Kind.ANSWERED
                ? outcome.why()
                : outcome.near().stream().findFirst().map(ContactFacts::found).orElse(outcome.why());
        Message message = asked.message();
        return ContactTimeline.entry(Kind.ANSWER, message.id() + ":answer", message.receivedAt())
                .channel(asked.channel())
                .conversation(message.conversation())
                .message(message.id())
                .what(outcome.kind().word())
                .text(question)
                .build();
    }

    private static String found(Near near) {
        return near.source() == null ? near.question() : near.question() + " (" + near.source() + ")";
    }
}
