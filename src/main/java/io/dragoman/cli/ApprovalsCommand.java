// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine.Command;

/** {@code approvals}: answers that wait until somebody approves them. */
@Command(
        name = "approvals",
        description = "Answers in public that wait until somebody approves them.",
        subcommands = {ApprovalsList.class, ApprovalsApprove.class, ApprovalsRefuse.class},
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman approvals list", "  ./dragoman approvals approve 019ab1c2-…"})
final class ApprovalsCommand extends CommandGroup {}
