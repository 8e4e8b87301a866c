// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine.Command;

/** {@code answers}: what there is to do with the FAQ. */
@Command(
        name = "answers",
        description = "Try the FAQ, and see what it could not answer.",
        subcommands = {AnswersAsk.class, AnswersUnanswered.class},
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman answers ask \"When will my parcel come?\"", "  ./dragoman answers unanswered --since 7d"
        })
final class AnswersCommand extends CommandGroup {}
