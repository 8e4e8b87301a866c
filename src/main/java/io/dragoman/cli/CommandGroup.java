// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that does nothing by itself: one of its subcommands must be named. */
abstract class CommandGroup implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    final Dragoman dragoman() {
        return dragoman;
    }

    @Override
    public final void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }
}
