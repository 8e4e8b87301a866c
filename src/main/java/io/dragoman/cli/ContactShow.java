// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.contact.ContactQueries.ContactDetail;
import io.dragoman.app.explain.StoryText;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Identity;
import io.dragoman.store.ContactMerges.Merge;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code contact show}. */
@Command(
        name = "show",
        description = "Show a contact with its addresses, its conversations and what it was merged with.",
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman contact show 019ab1c2-…")
final class ContactShow implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ContactCommand parent;

    @Parameters(paramLabel = "ID", description = "The contact's id.")
    private String id = "";

    @Override
    public Integer call() {
        return OfflineStore.look(parent.dragoman(), this::show);
    }

    private int show(Queries queries) {
        Dragoman dragoman = parent.dragoman();
        Optional<ContactDetail> found = queries.contacts().find(id);
        if (found.isEmpty()) {
            return dragoman.failed(
                    "There is no contact " + id + ". A conversation says whom it is with: ./dragoman conversation ID");
        }
        if (dragoman.json()) {
            dragoman.print(found.get());
        } else {
            dragoman.out().print(text(found.get()));
            dragoman.out().flush();
        }
        return Dragoman.OK;
    }

    private static TerminalText text(ContactDetail shown) {
        TerminalText lines = new TerminalText();
        String name = shown.contact().name();
        lines.add(0, "Contact " + shown.contact().id() + (name == null ? "" : ", " + name));
        for (Identity identity : shown.contact().identities()) {
            lines.add(2, identity.type() + " " + identity.value() + (identity.verified() ? "" : ", not verified"));
        }
        if (!shown.contact().tags().isEmpty()) {
            lines.add(2, "tags " + String.join(" ", shown.contact().tags()));
        }
        shown.attributes()
                .forEach(one -> lines.add(2, one.name() + " " + one.value() + ", " + one.source() + " " + one.at()));
        shown.contact().attributes().forEach((key, value) -> {
            if (shown.attributes().stream().noneMatch(one -> one.name().equals(key))) {
                lines.add(2, key + " " + value + ", looked up");
            }
        });
        for (CustomerOrder order : shown.contact().orders()) {
            lines.add(2, "order " + order.number() + " " + order.status() + ", " + order.at());
        }
        for (Conversation conversation : shown.conversations()) {
            lines.add(
                    2,
                    "conversation " + conversation.id() + " on " + conversation.channel() + ", "
                            + StoryText.word(conversation.status()));
        }
        for (Merge merge : shown.merges()) {
            lines.add(
                    2,
                    merge.at() + " " + merge.merged() + " was merged into " + merge.survivor() + ": " + merge.why()
                            + (merge.undoneAt() == null ? "" : "; undone " + merge.undoneAt()));
        }
        return lines;
    }
}
