// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.agent.ConversationAct;
import io.dragoman.model.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code assign}: gives a conversation to a team or a person. */
@Command(
        name = "assign",
        description = {
            "Give a conversation to a team, a person, or both.",
            "An empty name takes it away. Its desk gets conversation.updated. Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman assign 019ab1c2-… --team billing", "  ./dragoman assign 019ab1c2-… --assignee \"\""})
final class AssignCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(index = "0", paramLabel = "ID", description = "The conversation's id.")
    private String id = "";

    @Option(names = "--team", paramLabel = "NAME", description = "The team that has it from now on.")
    private @Nullable String team;

    @Option(names = "--assignee", paramLabel = "NAME", description = "The person who has it from now on.")
    private @Nullable String assignee;

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode json = Json.mapper().createObjectNode();
        if (team != null) {
            json.put("team", team);
        }
        if (assignee != null) {
            json.put("assignee", assignee);
        }
        return ActReport.send(dragoman, ConversationAct.ASSIGN, id, json);
    }
}
