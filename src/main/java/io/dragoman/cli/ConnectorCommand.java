// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine.Command;

/** {@code connector}: what there is to do with the code for one kind of channel or desk. */
@Command(
        name = "connector",
        description = "Test a connector: whether it keeps the contract.",
        subcommands = ConnectorTest.class,
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman connector test telegram")
final class ConnectorCommand extends CommandGroup {}
