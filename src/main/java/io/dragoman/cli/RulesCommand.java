// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine.Command;

/** {@code rules}: what there is to do with all rules together. */
@Command(
        name = "rules",
        description = "Look at the rules, replace them, or let others run beside them.",
        subcommands = {RulesList.class, RulesSet.class, RulesShadow.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman rules list                 how often each matched, and what is hidden",
            "  ./dragoman rules set new-rules.yaml --dry-run",
            "  ./dragoman rules shadow new-rules.yaml",
            "  ./dragoman try --channel shop --text refund, and ./dragoman backtest new-rules.yaml, try them"
        })
final class RulesCommand extends CommandGroup {}
