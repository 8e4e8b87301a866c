// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine.Command;

/** {@code desk}: what there is to do with a desk that is configured. */
@Command(
        name = "desk",
        description = {"Look at desks, test, add, change and remove them.", "They stand in config/desks.yaml."},
        subcommands = {
            AccountList.class,
            AccountShow.class,
            AccountSet.class,
            AccountRemove.class,
            DeskDefault.class,
            TryDesk.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman desk list",
            "  ./dragoman desk set helpdesk --kind webhook url=https://desk.example.com",
            "  ./dragoman desk test helpdesk"
        })
final class DeskCommand extends CommandGroup {}
