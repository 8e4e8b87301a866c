// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine.Command;

/** {@code desk}: what there is to do with a desk that is configured. */
@Command(
        name = "desk",
        description = "Test a desk of config/desks.yaml: whether it can be reached and used.",
        subcommands = TryDesk.class,
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman desk test helpdesk")
final class DeskCommand extends CommandGroup {}
