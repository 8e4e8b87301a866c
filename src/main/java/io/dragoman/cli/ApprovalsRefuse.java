// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.approval.ApprovalService;
import io.dragoman.app.approval.ApprovalService.Result;
import io.dragoman.app.audit.Actor;
import picocli.CommandLine.Command;

/** {@code approvals refuse}. */
@Command(
        name = "refuse",
        description = {"Let an answer that waits never be sent.", "Works whether the gateway runs or not."},
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman approvals refuse 019ab1c2-…")
final class ApprovalsRefuse extends ApprovalDecision {
    @Override
    String verb() {
        return "refuse";
    }

    @Override
    Result act(ApprovalService approvals, String id, Actor actor) {
        return approvals.refuse(id, actor);
    }

    @Override
    String done(String id) {
        return "The answer " + id + " is refused; it is not sent.";
    }
}
