// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine.Command;

/** {@code export}: rows for other programs. */
@Command(
        name = "export",
        description = "Write conversations as rows, for a spreadsheet or a program.",
        subcommands = ExportConversations.class,
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman export conversations --since 30d > conversations.csv")
final class ExportCommand extends CommandGroup {}
