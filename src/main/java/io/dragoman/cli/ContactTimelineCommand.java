// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.contact.ContactTimeline.Entry;
import io.dragoman.app.contact.ContactTimeline.Range;
import io.dragoman.app.contact.ContactTimeline.TimelinePage;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.model.Words;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code contact timeline}. */
@Command(
        name = "timeline",
        description = {
            "All that happened with a contact, over all channels, the latest first: messages and notes, reactions,"
                    + " conversations, surveys with their scores, polls, approvals, answers from the FAQ, consents, merges, deliveries, and what"
                    + " happened to messages."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman contact timeline 019ab1c2-… --limit 200")
final class ContactTimelineCommand implements Callable<Integer> {
    private static final int TEXT = 60;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ContactCommand parent;

    @Parameters(paramLabel = "ID", description = "The contact's id.")
    private String id = "";

    @Option(names = "--limit", paramLabel = "N", description = "Show at most so many (default 100).")
    private int limit = 100;

    @Override
    public Integer call() {
        return OfflineStore.look(parent.dragoman(), this::show);
    }

    private int show(Queries queries) {
        Dragoman dragoman = parent.dragoman();
        Optional<TimelinePage> found =
                queries.timelines().page(id, new Range(Long.MAX_VALUE, "", Math.max(1, Math.min(limit, 10_000)), true));
        if (found.isEmpty()) {
            return parent.unknown(id);
        }
        if (dragoman.json()) {
            dragoman.print(found.get());
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        found.get().entries().forEach(one -> lines.raw(line(one)));
        if (found.get().next() != null) {
            lines.raw("There is more before that: --limit");
        }
        dragoman.out().print(lines);
        dragoman.out().flush();
        return Dragoman.OK;
    }

    static String line(Entry one) {
        StringJoiner line = new StringJoiner("  ");
        line.add(ReportText.second(one.at()).toString());
        line.add(one.channel() == null ? "-" : one.channel());
        line.add(Words.of(one.kind()) + (one.what() == null ? "" : " " + one.what()));
        if (one.name() != null) {
            line.add(one.name() + (one.score() == null ? "" : " " + one.score()));
        }
        if (one.target() != null) {
            line.add(one.target()
                    + (one.state() == null ? "" : " " + one.state())
                    + (one.reason() == null ? "" : " " + Words.of(one.reason())));
        }
        if (one.direction() != null && one.author() != null) {
            line.add(Words.of(one.direction()) + " " + Words.of(one.author().kind())
                    + (one.status() == null ? "" : " " + Words.of(one.status())));
        }
        if (one.text() != null) {
            line.add(TerminalText.cut(one.text(), TEXT));
        }
        return line.toString();
    }
}
