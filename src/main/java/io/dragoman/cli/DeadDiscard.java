// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.audit.Actor;
import io.dragoman.app.deadletter.DeadLetterSelection;
import io.dragoman.app.deadletter.DeadLetterService;
import io.dragoman.app.deadletter.DeadLetterService.Done;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dead discard}. */
@Command(
        name = "discard",
        description = "Discard them: an event becomes ignored, a delivery cancelled, both with the reason.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman dead discard 019ab1c2-… --why \"answered by phone\"",
            "  ./dragoman dead discard --channel old-desk --dry-run"
        })
final class DeadDiscard extends DeadLetterCommand {
    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, stored with each.")
    private String why = "by an operator";

    @Override
    String verb() {
        return "discard";
    }

    @Override
    void add(ObjectNode json) {
        json.put("why", why);
    }

    @Override
    Done act(DeadLetterService acts, DeadLetterSelection selection, boolean dryRun, Actor actor) {
        return acts.discard(selection, dryRun, why, actor);
    }
}
