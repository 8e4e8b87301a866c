// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine.Command;

/** {@code contact}: the people who write. */
@Command(
        name = "contact",
        description = {
            "Show a contact and all that happened with it, say what is known of it, merge two that are one person, and part them again.",
            "`./dragoman conversation ID` says which contact a conversation is with."
        },
        subcommands = {
            ContactShow.class,
            ContactTimelineCommand.class,
            ContactSet.class,
            ContactImport.class,
            ContactMerge.class,
            ContactUnmerge.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman contact show 019ab1c2-…",
            "  ./dragoman contact set 019ab1c2-… loyalty=gold",
            "  ./dragoman contact import customers.csv --dry-run",
            "  ./dragoman contact timeline 019ab1c2-…",
            "  ./dragoman contact merge 019ab1c2-… 019ab1d7-… --why \"she said so on the phone\"",
            "  ./dragoman contact unmerge 019ab1d7-…"
        })
final class ContactCommand extends CommandGroup {}
