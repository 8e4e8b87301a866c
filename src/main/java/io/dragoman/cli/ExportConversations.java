// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.report.Period;
import io.dragoman.app.report.ReportQueries.ConversationRow;
import io.dragoman.app.report.ReportQueries.RowPage;
import io.dragoman.model.Json;
import io.dragoman.model.Words;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code export conversations}: a row each, page by page, so that no more than a page is in memory. */
@Command(
        name = "conversations",
        description = {
            "Write the conversations that began in a time, a row each: CSV, or with --json a JSON object a line.",
            "Times, places, tags and counts; no texts and no addresses. Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman export conversations --since 30d > conversations.csv",
            "  ./dragoman export conversations --since 2026-11-01T00:00:00Z --until 2026-12-01T00:00:00Z --json"
        })
final class ExportConversations implements Callable<Integer> {
    private static final int PAGE = 500;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ExportCommand export;

    @Mixin
    private final ReportOptions options = new ReportOptions();

    @Override
    public Integer call() {
        Period period = options.period(Instant.now());
        return OfflineStore.look(export.dragoman(), queries -> write(queries, period));
    }

    private int write(Queries queries, Period period) {
        PrintWriter out = export.dragoman().out();
        boolean json = export.dragoman().json();
        if (!json) {
            out.print(CsvText.line(
                    "conversation",
                    "channel",
                    "desk",
                    "team",
                    "assignee",
                    "tags",
                    "status",
                    "begun",
                    "first_customer",
                    "first_answer",
                    "last",
                    "closed",
                    "messages_in",
                    "messages_out",
                    "automatic"));
        }
        Function<ConversationRow, String> line = json ? row -> Json.write(row) + "\n" : ExportConversations::csv;
        String after = "";
        do {
            RowPage page = queries.reports().rows(period, after, PAGE);
            page.conversations().forEach(row -> out.print(line.apply(row)));
            after = page.next();
        } while (after != null && !out.checkError()); // nobody reads any more
        return out.checkError()
                ? export.dragoman().failed("dragoman: the rows could not all be written.")
                : Dragoman.OK;
    }

    private static String csv(ConversationRow row) {
        return CsvText.line(
                row.conversation(),
                row.channel(),
                row.desk(),
                row.team(),
                row.assignee(),
                String.join(" ", row.tags()),
                Words.of(row.status()),
                row.begun(),
                row.firstCustomer(),
                row.firstAnswer(),
                row.last(),
                row.closed(),
                row.messagesIn(),
                row.messagesOut(),
                row.automatic());
    }
}
