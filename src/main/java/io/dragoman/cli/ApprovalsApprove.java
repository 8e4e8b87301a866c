// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.approval.ApprovalService;
import io.dragoman.app.approval.ApprovalService.Result;
import io.dragoman.app.audit.Actor;
import picocli.CommandLine.Command;

/** {@code approvals approve}. */
@Command(
        name = "approve",
        description = {"Let an answer that waits be sent.", "Works whether the gateway runs or not."},
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman approvals approve 019ab1c2-…")
final class ApprovalsApprove extends ApprovalDecision {
    @Override
    String verb() {
        return "approve";
    }

    @Override
    Result act(ApprovalService approvals, String id, Actor actor) {
        return approvals.approve(id, actor);
    }

    @Override
    String done(String id) {
        return "The answer " + id + " is approved; it is sent once.";
    }
}
