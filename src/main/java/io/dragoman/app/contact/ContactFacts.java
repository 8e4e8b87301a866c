// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.contact;

import io.dragoman.app.contact.ContactTimeline.Entry;
import io.dragoman.app.contact.ContactTimeline.Kind;
import io.dragoman.app.query.PlainWords;
import io.dragoman.journey.FaqOutcomes;
import io.dragoman.model.Contact;
import io.dragoman.model.Message;
import io.dragoman.model.Words;
import io.dragoman.rules.answer.AnswerOutcome;
import io.dragoman.rules.answer.AnswerOutcome.Near;
import io.dragoman.store.Approvals.Approval;
import io.dragoman.store.Approvals.State;
import io.dragoman.store.Consents.Stated;
import io.dragoman.store.ContactList.Spoken;
import io.dragoman.store.Polls.Asked;
import io.dragoman.store.Polls.Given;
import io.dragoman.store.Surveys.Sent;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the timeline of a contact has besides talk: surveys, polls, approvals, answers of the FAQ, consents. */
final class ContactFacts {
    /** A hand-over is an entry of its own, whoever handed over. */
    private static final Set<AnswerOutcome.Kind> TOLD =
            EnumSet.of(AnswerOutcome.Kind.ANSWERED, AnswerOutcome.Kind.HELPED, AnswerOutcome.Kind.MISSED);

    private static final int LONGEST_TEXT = 500;

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

    static List<Entry> polls(Tx tx, Contact contact, long until, int most) {
        Stream<Entry> asked = tx.polls().ofContact(contact.id(), until, most).stream()
                .map(one -> poll(one, "asked", one.id() + ":asked", one.askedAt())
                        .name(one.name())
                        .build());
        Stream<Entry> answered = tx.polls().given(contact.id(), until, most).stream()
                .map(one -> poll(
                                one.asked(),
                                "answered",
                                one.asked().id() + ":" + one.answer().question(),
                                one.answer().at())
                        .name(question(one))
                        .text(one.answer().value())
                        .build());
        return Stream.concat(asked, answered).toList();
    }

    private static ContactTimelineEntryBuilder poll(Asked one, String what, String id, Instant at) {
        return ContactTimeline.entry(Kind.POLL, id, at)
                .channel(one.account())
                .conversation(one.conversation())
                .what(what);
    }

    /** A poll of one question is called as its question is. */
    private static String question(Given one) {
        String poll = one.asked().name();
        return one.answer().question().equals(poll)
                ? poll
                : poll + ", " + one.answer().question();
    }

    static List<Entry> approvals(Tx tx, Contact contact, Map<String, String> channels, long until, int most) {
        return tx.approvals().ofContact(contact.id(), until, most).stream()
                .flatMap(one -> approval(one, channels.get(one.conversation())))
                .toList();
    }

    private static Stream<Entry> approval(Approval one, @Nullable String channel) {
        Entry asked = ContactTimeline.entry(Kind.APPROVAL, one.id() + ":approval", one.askedAt())
                .channel(channel)
                .conversation(one.conversation())
                .what("asked")
                .name(Objects.requireNonNullElse(
                        one.author().name(), Words.of(one.author().kind())))
                .text(PlainWords.line(one.parts(), LONGEST_TEXT))
                .build();
        if (one.state() == State.WAITING) {
            return Stream.of(asked);
        }
        Instant at = one.decidedAt() == null ? one.expiresAt() : one.decidedAt();
        Entry decided = ContactTimeline.entry(Kind.APPROVAL, one.id() + ":decided", at)
                .channel(channel)
                .conversation(one.conversation())
                .message(one.state() == State.APPROVED ? one.id() : null)
                .what(Words.of(one.state()))
                .name(one.decidedBy())
                .build();
        return Stream.of(asked, decided);
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
                .flatMap(kept -> FaqOutcomes.of(kept)
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
