// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine.Command;

/** {@code polls}: what customers answered to polls. */
@Command(
        name = "polls",
        description = "The polls that customers were asked, and what they answered.",
        subcommands = {PollsList.class, PollsResults.class},
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman polls list", "  ./dragoman polls results lunch --csv"})
final class PollsCommand extends CommandGroup {}
