// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.explain.StoryText;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.app.query.ConversationQueries.ConversationDetail;
import io.dragoman.app.query.ConversationQueries.MessagePage;
import io.dragoman.app.query.ThreadMessage;
import io.dragoman.model.Conversation;
import io.dragoman.model.Message;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code conversation}: one with its messages. */
@Command(
        name = "conversation",
        description = "Show a conversation with its messages. Works whether the gateway runs or not.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman conversation 019ab1c2-…            its first 200 messages",
            "  ./dragoman conversation 019ab1c2-… --after 200   and the following ones"
        })
final class ShowConversation implements Callable<Integer> {
    private static final int MOST = 200;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(paramLabel = "ID", description = "The conversation's id.")
    private String id = "";

    @Option(names = "--after", paramLabel = "N", description = "Only messages after this number.")
    private long after;

    /** What {@code --json} prints. */
    private record Whole(ConversationDetail conversation, MessagePage messages) {}

    @Override
    public Integer call() {
        return OfflineStore.look(dragoman, this::show);
    }

    private int show(Queries queries) {
        Optional<ConversationDetail> found = queries.conversations().find(id);
        if (found.isEmpty()) {
            return dragoman.failed("There is no conversation " + id + ". List them: ./dragoman conversations");
        }
        MessagePage messages = queries.conversations().messages(id, after, MOST).orElseThrow();
        if (dragoman.json()) {
            dragoman.print(new Whole(found.get(), messages));
        } else {
            dragoman.out().print(text(found.get(), messages.messages()));
            if (messages.next() != null) {
                dragoman.out().println("There are more: --after " + messages.next());
            }
            dragoman.out().flush();
        }
        return Dragoman.OK;
    }

    private static TerminalText text(ConversationDetail shown, List<ThreadMessage> messages) {
        Conversation conversation = shown.conversation();
        TerminalText lines = new TerminalText();
        lines.raw("Conversation " + conversation.id());
        String name = shown.contact() == null || shown.contact().name() == null
                ? ""
                : shown.contact().name() + ", ";
        lines.add(2, "with " + name + conversation.address() + " on " + conversation.channel());
        lines.add(2, "contact " + conversation.contact());
        if (conversation.subject() != null) {
            lines.add(2, "subject " + conversation.subject());
        }
        lines.add(
                2,
                StoryText.word(conversation.status()) + ", priority " + StoryText.word(conversation.priority())
                        + (conversation.team() == null ? "" : ", team " + conversation.team())
                        + (conversation.tags().isEmpty() ? "" : ", tags " + String.join(" ", conversation.tags()))
                        + ", " + StoryText.desk(conversation, shown.ticket()));
        for (ThreadMessage one : messages) {
            Message message = one.message();
            String author = message.author().name() == null
                    ? ""
                    : " " + message.author().name();
            lines.raw(String.format(
                    Locale.ROOT,
                    "%4d  %s  %s %s%s%s",
                    message.sequence(),
                    message.sentAt(),
                    way(message.direction()),
                    StoryText.word(message.author().kind()),
                    TerminalText.cut(author, 20),
                    message.status() == null ? "" : ", " + StoryText.word(message.status())));
            lines.add(6, message.id());
            message.parts().forEach(part -> lines.add(6, StoryText.show(part)));
            one.reactions().forEach(reaction -> lines.add(6, "reaction " + reaction.emoji()));
        }
        return lines;
    }

    private static String way(Message.Direction direction) {
        return switch (direction) {
            case IN -> "from";
            case OUT -> "to, by";
            case NOTE -> "note by";
        };
    }
}
