// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.connector.InvalidProfile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code profile show}: a profile as it is written. */
@Command(
        name = "show",
        description = {
            "Print a profile as it is written: what it sets and sends, to read or to begin an own one with.",
            "An own one goes before a shipped one of the same name."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman profile show telnyx",
            "  ./dragoman profile show zammad --set-up",
            "  ./dragoman profile show telnyx > profiles/acme.yaml"
        })
final class ProfileShow implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ProfileCommand group;

    @Parameters(paramLabel = "NAME", description = "Its name, as ./dragoman profile list has it.")
    private String name = "";

    @Option(names = "--set-up", description = "Print what a person does at the provider instead, step by step.")
    private boolean setUp;

    @Override
    public Integer call() {
        Dragoman dragoman = group.dragoman();
        if (!group.has(name)) {
            return group.unknown(name);
        }
        try {
            if (setUp) {
                ListConnectors.setUp(dragoman.out(), group.having(name).profile(name, dragoman.place()));
            } else {
                dragoman.out().print(group.having(name).source(name, dragoman.place()));
            }
            dragoman.out().flush();
            return Dragoman.OK;
        } catch (InvalidProfile e) {
            e.faults().forEach(dragoman.err()::println);
            dragoman.err().flush();
            return Dragoman.WRONG;
        }
    }
}
