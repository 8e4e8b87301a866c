// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine.Command;

/** {@code channel}: what there is to do with a channel that is configured, or is to be. */
@Command(
        name = "channel",
        description = {"Look at channels, test, add, change and remove them.", "They stand in config/channels.yaml."},
        subcommands = {AccountList.class, AccountShow.class, AccountSet.class, AccountRemove.class, TryChannel.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman channel list",
            "  ./dragoman channel set shop-telegram --kind telegram 'token=$${file:secrets/telegram}'",
            "  ./dragoman channel test sms --to +15550177 --text Hello"
        })
final class ChannelCommand extends CommandGroup {}
