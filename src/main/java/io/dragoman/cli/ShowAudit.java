// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.audit.AuditQueries.AuditPage;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.model.Words;
import io.dragoman.store.AuditLog;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code audit}: who did what. */
@Command(
        name = "audit",
        description = {
            "Who did what by the API, the console or the command line, the latest first.",
            "Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman audit --limit 20",
            "  ./dragoman audit --actor anna --since 2d",
            "  ./dragoman audit --action dead.discard"
        })
final class ShowAudit implements Callable<Integer> {
    private static final String ROW = "%-20s  %-24s  %-8s  %-20s  %-22s  %s";
    private static final int MOST = 10_000;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Option(names = "--actor", paramLabel = "NAME", description = "Only what this one did.")
    private @Nullable String actor;

    @Option(names = "--action", paramLabel = "WORD", description = "Only this, such as agent.replied.")
    private @Nullable String action;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = DeadLetterOptions.Time.class,
            description = "Only from then on: 3d, 12h, 30m ago, or 2026-11-21T10:00:00Z.")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = DeadLetterOptions.Time.class,
            description = "Only before then.")
    private @Nullable Instant until;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default 50).")
    private int limit = 50;

    @Override
    public Integer call() {
        return OfflineStore.look(dragoman, this::show);
    }

    private int show(Queries queries) {
        AuditLog.Filter filter = new AuditLog.Filter(actor, action, since, until);
        AuditPage page = queries.audit().page(filter, null, Math.min(MOST, Math.max(1, limit)));
        if (dragoman.json()) {
            dragoman.print(page);
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        if (page.entries().isEmpty()) {
            lines.raw("Nobody did anything that is asked for.");
        } else {
            lines.raw(ROW.formatted("AT", "WHO", "ROLE", "FROM", "WHAT", "TO"));
        }
        page.entries().forEach(entry -> lines.raw(row(entry)));
        if (page.next() != null) {
            lines.raw("There is more: --limit " + limit * 2L + ".");
        }
        dragoman.out().print(lines);
        dragoman.out().flush();
        return Dragoman.OK;
    }

    private static String row(AuditLog.Entry entry) {
        String target = entry.target() == null ? "" : entry.target();
        String detail = entry.detail() == null ? "" : entry.detail();
        return ROW.formatted(
                        entry.at().truncatedTo(ChronoUnit.SECONDS),
                        TerminalText.cut(entry.actor(), 24),
                        Words.of(entry.role()),
                        TerminalText.cut(entry.from(), 20),
                        TerminalText.cut(entry.action(), 22),
                        (target + " " + detail).strip())
                .stripTrailing();
    }
}
