// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.report.Period;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What time a report is about. */
final class ReportOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = DeadLetterOptions.Time.class,
            description = "From then on: 3d, 12h, 30m ago, or 2026-11-21T10:00:00Z (default 7 days before the end).")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = DeadLetterOptions.Time.class,
            description = "Up to then (default now).")
    private @Nullable Instant until;

    Period period(Instant now) {
        try {
            return Period.of(since, until, now);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--since must be before --until, and past.");
        }
    }
}
