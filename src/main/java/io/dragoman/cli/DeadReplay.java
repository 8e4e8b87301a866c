// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.audit.Actor;
import io.dragoman.app.deadletter.DeadLetterSelection;
import io.dragoman.app.deadletter.DeadLetterService;
import io.dragoman.app.deadletter.DeadLetterService.Done;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dead replay}. */
@Command(
        name = "replay",
        description = {
            "Queue them again.",
            "They keep their order, ids and keys, and run behind live work. "
                    + "What could not be read is read again by the running gateway."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman dead replay 019ab1c2-…",
            "  ./dragoman dead replay --channel helpdesk --since 2d --dry-run",
            "  ./dragoman dead replay --reason timeout --per-second 5"
        })
final class DeadReplay extends DeadLetterCommand {
    @Option(names = "--per-second", paramLabel = "N", description = "How many a second (default 50).")
    private int perSecond = 50;

    @Override
    String verb() {
        return "replay";
    }

    @Override
    void add(ObjectNode json) {
        json.put("perSecond", perSecond);
    }

    @Override
    Done act(DeadLetterService acts, DeadLetterSelection selection, boolean dryRun, Actor actor) {
        return acts.replay(selection, dryRun, Math.max(1, perSecond), actor);
    }
}
