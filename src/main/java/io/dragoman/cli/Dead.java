// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine.Command;

/** {@code dead}: what could not be done. */
@Command(
        name = "dead",
        description = {
            "What could not be processed and needs a person: dead events, dead and uncertain deliveries.",
            "Nothing of it is ever purged."
        },
        subcommands = {DeadList.class, DeadShow.class, DeadReplay.class, DeadDiscard.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman dead list --channel shop-whatsapp",
            "  ./dragoman dead show 019ab1c2-…",
            "  ./dragoman dead replay --reason provider-down --dry-run",
            "  ./dragoman dead discard 019ab1c2-… --why \"answered by phone\""
        })
final class Dead extends CommandGroup {}
