// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the benchmarks: docs/benchmarks.md. */
@Command(
        name = "src/bench/bench",
        description = "Measures the gateway from outside, and checks that nothing was lost, doubled or out of order.",
        subcommands = {
            Journey.class,
            Accept.class,
            Scale.class,
            TwoWays.class,
            Mail.class,
            Growth.class,
            Backlog.class,
            Start.class,
            Size.class
        })
public final class Bench {
    private Bench() {}

    /** Exits with 1 when something could not be measured, or its effects were wrong. */
    public static void main(String[] args) {
        CommandLine commands = new CommandLine(new Bench());
        commands.setExecutionExceptionHandler((error, command, words) -> {
            System.err.println("failed: " + error.getMessage());
            return 1;
        });
        System.exit(commands.execute(args));
    }
}
