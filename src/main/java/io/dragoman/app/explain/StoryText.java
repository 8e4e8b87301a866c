// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.explain;

import io.dragoman.app.ticket.DeskTicket;
import io.dragoman.model.Conversation;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Participant;
import io.dragoman.model.Words;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.Action;
import io.dragoman.store.Attempts;
import io.dragoman.store.BotHandOvers.BotHandOver;
import io.dragoman.store.ContactMerges;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints the explanation of a message. */
public final class StoryText {
    static final int LONGEST_TEXT = 300;

    private StoryText() {}

    /** The whole story. */
    public static String of(MessageStory story) {
        TerminalText lines = new TerminalText();
        heading(lines, story);
        arrival(lines, story.event());
        place(lines, story);
        if (story.decision() != null) {
            decision(lines, story.decision());
        }
        if (story.message() != null || !story.replies().isEmpty()) {
            lines.raw("Replies");
        }
        if (story.message() != null && story.replies().isEmpty()) {
            lines.add(2, "none was sent");
        }
        story.replies().forEach(reply -> reply(lines, reply));
        answers(lines, story);
        if (!story.held().isEmpty()) {
            lines.raw("Approval");
            story.held().forEach(one -> held(lines, one));
        }
        if (!story.media().isEmpty()) {
            lines.raw("Media");
            story.media().forEach(one -> attachment(lines, one));
        }
        lines.raw("Deliveries");
        if (story.deliveries().isEmpty()) {
            lines.add(2, "none");
        }
        story.deliveries().forEach(delivery -> delivery(lines, delivery));
        if (!story.receipts().isEmpty()) {
            lines.raw("Receipts");
            story.receipts()
                    .forEach(receipt -> lines.add(
                            2,
                            receipt.at() + "  " + word(receipt.status())
                                    + why(receipt.reason(), receipt.detail())
                                    + (receipt.recipient() == null ? "" : ", for " + receipt.recipient())));
        }
        return lines.toString();
    }

    private static void heading(TerminalText lines, MessageStory story) {
        Message message = story.message();
        if (message == null) {
            lines.raw("Event " + story.event().id() + ", a " + story.event().type());
            return;
        }
        String author = word(message.author().kind())
                + (message.author().name() == null
                        ? ""
                        : " " + TerminalText.cut(message.author().name(), 40))
                + (message.author().address() == null
                        ? ""
                        : " <" + message.author().address() + ">");
        lines.raw("Message " + message.id());
        lines.add(
                2,
                word(message.direction()) + ", from "
                        + author
                        + (message.status() == null ? "" : ", " + word(message.status()))
                        + why(message.reason(), null)
                        + forwarded(message.forwarded())
                        + (message.editedAt() == null ? "" : ", edited " + message.editedAt())
                        + (message.deletedAt() == null ? "" : ", deleted " + message.deletedAt()));
        people(lines, "by and for", message.from());
        people(lines, "to", message.to());
        people(lines, "cc", message.cc());
        message.parts().forEach(part -> lines.add(2, show(part)));
    }

    private static void people(TerminalText lines, String how, List<Participant> people) {
        if (!people.isEmpty()) {
            lines.add(2, how + " " + people.stream().map(Participant::address).collect(Collectors.joining(", ")));
        }
    }

    private static String forwarded(@Nullable String from) {
        return from == null ? "" : from.isEmpty() ? ", forwarded" : ", forwarded from " + TerminalText.cut(from, 40);
    }

    private static void arrival(TerminalText lines, MessageStory.Arrival event) {
        lines.raw("Arrival");
        lines.add(2, event.receivedAt() + "  " + event.type() + " from " + event.source() + ", event " + event.id());
        if (event.type().equals("erased")) {
            lines.add(2, "what it said was erased, by age or with a person");
        }
        MessageStory.Raw raw = event.raw();
        if (raw != null) {
            String size = raw.size() == null ? "bytes in a file" : raw.size() + " bytes";
            lines.add(
                    2,
                    "stored as received: " + size + " (" + word(raw.origin())
                            + (raw.method().isEmpty() ? "" : ", " + raw.method()) + " " + raw.path() + "), sha256 "
                            + raw.sha256()
                            + (raw.headers().isEmpty() ? "" : ", headers " + String.join(", ", raw.headers())));
        }
        if (event.says() != null) {
            lines.add(2, "says: " + event.says());
        }
        lines.add(2, "authentic: " + event.authentic());
        lines.add(
                2,
                "duplicates: "
                        + (event.duplicates() == 0
                                ? "none"
                                : event.duplicates() + ", of which " + event.differing() + " had another body"));
        lines.add(
                2,
                (event.doneAt() == null ? "" : event.doneAt() + "  ")
                        + word(event.state())
                        + (event.reason() == null ? "" : ": " + event.reason())
                        + (event.attempts() > 1 ? " (attempt " + event.attempts() + ")" : ""));
    }

    private static void place(TerminalText lines, MessageStory story) {
        if (story.contact() != null) {
            lines.raw("Contact " + story.contact().id());
            lines.add(
                    2,
                    (story.contact().name() == null
                                    ? "without a name"
                                    : story.contact().name()) + ", "
                            + story.contact().identities().stream()
                                    .map(StoryText::show)
                                    .collect(Collectors.joining(", ")));
        }
        for (ContactMerges.Merge merge : story.merges()) {
            lines.add(
                    2,
                    merge.at() + "  " + merge.merged() + " was merged into " + merge.survivor() + ": " + merge.why()
                            + (merge.undoneAt() == null ? "" : "; undone " + merge.undoneAt()));
        }
        if (story.conversation() != null) {
            lines.raw("Conversation " + story.conversation().id());
            lines.add(
                    2,
                    "on " + story.conversation().channel() + ", "
                            + word(story.conversation().status()) + ", "
                            + desk(story.conversation(), story.ticket())
                            + (story.message() == null
                                    ? ""
                                    : ", message number " + story.message().sequence()));
        }
        BotHandOver handedOver = story.handedOver();
        if (handedOver != null) {
            lines.add(
                    2,
                    handedOver.at() + "  " + who(handedOver) + " handed it over to " + handedOver.desk() + ": "
                            + TerminalText.cut(handedOver.reason(), LONGEST_TEXT));
        }
        if (story.placed() != null) {
            lines.add(2, "why this one: " + story.placed());
        }
    }

    /** The desk that has it, and what it is called there. */
    public static String desk(Conversation conversation, @Nullable DeskTicket ticket) {
        return "desk " + conversation.desk()
                + (ticket == null ? "" : ", its reference " + ticket.reference())
                + (ticket == null || ticket.page() == null ? "" : " (" + ticket.page() + ")");
    }

    private static String who(BotHandOver handedOver) {
        return handedOver.bot().equals(BotHandOver.ANSWERS)
                ? "the answers from the FAQ"
                : "the bot " + handedOver.bot();
    }

    /** What the rules said, rule by rule. */
    public static void decision(TerminalText lines, Decision decision) {
        lines.raw("Rules");
        if (decision.rules().isEmpty()) {
            lines.add(2, "there are none");
        }
        for (Decision.Considered rule : decision.rules()) {
            lines.add(2, (rule.matched() ? "applies  " : "no       ") + rule.rule());
            rule.checks()
                    .forEach(check -> lines.add(
                            6, (check.passed() ? "yes  " : "no   ") + check.condition() + ": " + check.why()));
            rule.actions().forEach(action -> lines.add(6, "→    " + action));
        }
        for (Action action : decision.actions()) {
            action.detail().ifPresent(detail -> lines.add(2, TerminalText.cut(detail, LONGEST_TEXT)));
        }
    }

    private static void reply(TerminalText lines, Message reply) {
        lines.add(
                2,
                reply.id() + " by rule " + reply.author().name() + ": " + word(reply.status())
                        + why(reply.reason(), null));
    }

    private static void answers(TerminalText lines, MessageStory story) {
        if (story.message() == null || story.message().direction() != Message.Direction.IN) {
            return;
        }
        lines.raw("Answers after it");
        if (story.answers().isEmpty()) {
            lines.add(2, "none yet");
        }
        for (MessageStory.Answer answer : story.answers()) {
            lines.add(
                    2,
                    answer.id() + " by " + word(answer.author().kind())
                            + (answer.author().name() == null
                                    ? ""
                                    : " " + TerminalText.cut(answer.author().name(), 40))
                            + ", " + answer.sentAt() + (answer.status() == null ? "" : ": " + word(answer.status())));
        }
        lines.add(2, "all messages: ./dragoman conversation " + story.message().conversation());
    }

    private static void held(TerminalText lines, MessageStory.Held one) {
        lines.add(
                2,
                one.id() + " by " + word(one.author().kind()) + " "
                        + (one.author().name() == null ? "" : one.author().name()) + ": " + word(one.state())
                        + (one.decidedBy() == null ? "" : " by " + one.decidedBy())
                        + (one.decidedAt() == null ? " until " + one.expiresAt() : " at " + one.decidedAt()));
    }

    private static void attachment(TerminalText lines, MessageStory.Attachment attachment) {
        lines.add(
                2,
                attachment.id() + " " + attachment.kind() + " " + attachment.mimeType()
                        + (attachment.fileName() == null ? "" : " " + attachment.fileName())
                        + (attachment.size() == null ? "" : ", " + attachment.size() + " bytes") + ": "
                        + word(attachment.state())
                        + why(attachment.reason(), null));
    }

    private static void delivery(TerminalText lines, MessageStory.Delivery delivery) {
        lines.add(
                2,
                delivery.id() + " " + word(delivery.kind()) + " to " + delivery.target()
                        + (delivery.copy() == null ? "" : ", a copy for the archive") + ": " + word(delivery.state())
                        + (delivery.steps() > 1 ? ", step " + delivery.step() + " of " + delivery.steps() : "")
                        + (delivery.nextAt() == null ? "" : ", next " + delivery.nextAt())
                        + why(delivery.reason(), delivery.detail()));
        List<Attempts.Attempt> attempts = delivery.attempts();
        if (attempts != null) {
            attempts.forEach(attempt -> lines.add(
                    4,
                    "attempt " + attempt.n() + "  " + attempt.startedAt()
                            + (attempt.endedAt() == null ? "" : " to " + attempt.endedAt()) + "  "
                            + outcome(attempt)
                            + (attempt.detail() == null ? "" : ": " + attempt.detail())
                            + (attempt.externalId() == null ? "" : ", the target's id " + attempt.externalId())));
        }
    }

    /** A ticket that is gone refuses no content: the reason says so only for who counts reasons. */
    private static String outcome(Attempts.Attempt attempt) {
        if (attempt.outcome() == null) {
            return "not ended";
        }
        return attempt.outcome().equals(Words.of(Attempts.Ending.GONE))
                ? "the ticket is gone"
                : attempt.outcome() + (attempt.reason() == null ? "" : ", " + Words.of(attempt.reason()));
    }

    private static String show(Identity identity) {
        return identity.type() + " " + identity.value() + (identity.verified() ? "" : " (unverified)");
    }

    /** One part in a line. */
    public static String show(Part part) {
        return part.accept(PartText.INSTANCE);
    }

    private static String why(@Nullable Enum<?> reason, @Nullable String detail) {
        return (reason == null ? "" : ", " + word(reason)) + (detail == null ? "" : ": " + detail);
    }

    /** A constant as people read it. */
    public static String word(@Nullable Enum<?> value) {
        return value == null ? "-" : Words.of(value);
    }
}
