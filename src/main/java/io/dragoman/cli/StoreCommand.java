// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine.Command;

/** {@code store}: what is done to a whole store. */
@Command(
        name = "store",
        description = "Copy the whole store to another database, such as SQLite to PostgreSQL.",
        subcommands = CopyStore.class,
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman store copy --to postgresql://dragoman@db.example.com:5432/dragoman")
final class StoreCommand extends CommandGroup {}
