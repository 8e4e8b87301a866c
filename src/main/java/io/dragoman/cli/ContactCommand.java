// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.contact.ContactQueries.ContactDetail;
import io.dragoman.app.contact.ContactTimeline.Range;
import io.dragoman.app.contact.ContactTimeline.TimelinePage;
import io.dragoman.app.explain.TerminalText;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code contact}: the people who write. */
@Command(
        name = "contact",
        description = {
            "Show a contact and its way: over all channels, with surveys, polls, approvals, answers, orders and"
                    + " consents, the latest first.",
            "The commands below show parts of that, say what is known of it and consented to, merge two that are one person,"
                    + " and part them again. `./dragoman conversation ID` says which contact a conversation is with."
        },
        subcommands = {
            ContactShow.class,
            ContactTimelineCommand.class,
            ContactSet.class,
            ContactImport.class,
            ContactConsent.class,
            ContactMerge.class,
            ContactUnmerge.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman contact 019ab1c2-…",
            "  ./dragoman contact set 019ab1c2-… loyalty=gold",
            "  ./dragoman contact import customers.csv --dry-run",
            "  ./dragoman contact timeline 019ab1c2-… --limit 200",
            "  ./dragoman contact consent 019ab1c2-… --withdraw survey",
            "  ./dragoman contact merge 019ab1c2-… 019ab1d7-… --why \"she said so on the phone\"",
            "  ./dragoman contact unmerge 019ab1d7-…"
        })
final class ContactCommand implements Callable<Integer> {
    private static final int LATEST = 30;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The contact's id.")
    private @Nullable String id;

    /** What {@code --json} prints. */
    private record Journey(ContactDetail contact, TimelinePage timeline) {}

    Dragoman dragoman() {
        return dragoman;
    }

    /** Where nobody is known by this id. */
    int unknown(String contact) {
        return dragoman.failed(
                "There is no contact " + contact + ". A conversation says whom it is with: ./dragoman conversation ID");
    }

    @Override
    public Integer call() {
        String contact = id;
        if (contact == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "Which contact, or which command?");
        }
        return OfflineStore.look(dragoman, queries -> show(queries, contact));
    }

    private int show(Queries queries, String contact) {
        Optional<ContactDetail> found = queries.contacts().find(contact);
        Optional<TimelinePage> page = queries.timelines().page(contact, new Range(Long.MAX_VALUE, "", LATEST, false));
        if (found.isEmpty() || page.isEmpty()) {
            return unknown(contact);
        }
        if (dragoman.json()) {
            dragoman.print(new Journey(found.get(), page.get()));
            return Dragoman.OK;
        }
        TerminalText lines = ContactShow.text(found.get());
        page.get().entries().forEach(one -> lines.raw(ContactTimelineCommand.line(one)));
        if (page.get().next() != null) {
            lines.raw("There is more before that: ./dragoman contact timeline " + contact);
        }
        dragoman.out().print(lines);
        dragoman.out().flush();
        return Dragoman.OK;
    }
}
