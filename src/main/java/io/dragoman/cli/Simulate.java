// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.simulator.SimulatorFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code simulate}: the simulators of the program and of the home folder's jars; each is a command of its own. */
@Command(
        name = "simulate",
        description = {
            "Stand in for a provider.",
            "Prints the settings that lead to it and every call that it gets; a desk also every event as JSON: with"
                    + " --json one a line, and nothing else.",
            "Without a KIND: lists them."
        },
        synopsisSubcommandLabel = "[KIND]",
        commandListHeading = "%nKinds:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman simulate whatsapp --callback http://localhost:8080/channels/shop-whatsapp",
            "  ./dragoman simulate desk --port 9000 --callback http://localhost:8080/desks/helpdesk"
        })
final class Simulate implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    Dragoman dragoman() {
        return dragoman;
    }

    @Override
    public Integer call() {
        List<SimulatorFactory> all = spec.subcommands().values().stream()
                .map(command -> ((SimulateKind) command.getCommand()).factory())
                .toList();
        if (dragoman.json()) {
            dragoman.print(all.stream()
                    .map(factory -> new Kind(factory.kind(), factory.description()))
                    .toList());
        } else {
            all.forEach(factory -> dragoman.out()
                    .println(String.format(Locale.ROOT, "%-10s %s", factory.kind(), factory.description())));
            dragoman.out().flush();
        }
        return Dragoman.OK;
    }

    /** A kind as {@code simulate --json} prints it. */
    private record Kind(String kind, String description) {}
}
