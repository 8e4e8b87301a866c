// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.explain.StoryText;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.app.query.ConversationQueries.ConversationPage;
import io.dragoman.app.query.ListedConversation;
import io.dragoman.model.Conversation;
import io.dragoman.store.Conversations;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code conversations}: the latest ones, a line each. */
@Command(
        name = "conversations",
        description = "List conversations, the latest first. Works whether the gateway runs or not.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman conversations",
            "  ./dragoman conversations --channel shop-whatsapp --status open --limit 10",
            "  ./dragoman conversations --team billing --contact ana"
        })
final class ListConversations implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Option(names = "--channel", paramLabel = "ID", description = "Only this channel's.")
    private @Nullable String channel;

    @Option(names = "--status", paramLabel = "STATUS", description = "Only open or closed ones.")
    private Conversation.@Nullable State status;

    @Option(names = "--team", paramLabel = "NAME", description = "Only this team's.")
    private @Nullable String team;

    @Option(names = "--tag", paramLabel = "NAME", description = "Only those with this tag.")
    private @Nullable String tag;

    @Option(names = "--assignee", paramLabel = "NAME", description = "Only those of this person.")
    private @Nullable String assignee;

    @Option(
            names = "--contact",
            paramLabel = "WHO",
            description = "Only with whom: an address, a contact's id, or any part of a name.")
    private @Nullable String contact;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default 30).")
    private int limit = 30;

    @Override
    public Integer call() {
        return OfflineStore.look(dragoman, this::show);
    }

    private Conversations.Filter filter() {
        return new Conversations.Filter(channel, status, team, contact, tag, assignee, null, null, null);
    }

    private int show(Queries queries) {
        ConversationPage page = queries.conversations().page(filter(), Long.MAX_VALUE, "", Math.max(1, limit));
        if (dragoman.json()) {
            dragoman.print(page);
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        lines.raw(String.format(
                Locale.ROOT, "%-36s  %-24s  %-6s  %s", "CONVERSATION", "LAST CHANGE", "STATUS", "CHANNEL, WITH"));
        for (ListedConversation listed : page.conversations()) {
            Conversation conversation = listed.conversation();
            String name = listed.contactName() == null ? conversation.address() : listed.contactName();
            String what = conversation.subject() == null ? name : name + ": " + conversation.subject();
            lines.raw(String.format(
                    Locale.ROOT,
                    "%-36s  %-24s  %-6s  %s",
                    conversation.id(),
                    conversation.updatedAt(),
                    StoryText.word(conversation.status()),
                    TerminalText.cut(conversation.channel() + ", " + what, 28)));
        }
        dragoman.out().print(lines);
        dragoman.out()
                .println(
                        page.conversations().isEmpty()
                                ? "There are no conversations."
                                : page.next() == null ? "These are all." : "There are more: --limit shows them.");
        dragoman.out().flush();
        return Dragoman.OK;
    }
}
