// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine.Command;

/** {@code token}: who is let in to the admin port and the console. */
@Command(
        name = "token",
        description = "Tokens for the admin port and the console.",
        subcommands = TokenNew.class,
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman token new --name anna --role agent")
final class TokenCommand extends CommandGroup {}
