// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.agent.ConversationAct;
import io.dragoman.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tag}: gives a conversation tags and takes some. */
@Command(
        name = "tag",
        description = {
            "Give a conversation tags, or take some from it.",
            "Its desk gets conversation.updated. Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman tag 019ab1c2-… --add vip --add refund", "  ./dragoman tag 019ab1c2-… --remove new"})
final class TagCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(index = "0", paramLabel = "ID", description = "The conversation's id.")
    private String id = "";

    @Option(names = "--add", paramLabel = "TAG", description = "A tag that it gets.")
    private List<String> add = new ArrayList<>();

    @Option(names = "--remove", paramLabel = "TAG", description = "A tag that it loses.")
    private List<String> remove = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode json = Json.mapper().createObjectNode();
        add.forEach(json.putArray("add")::add);
        remove.forEach(json.putArray("remove")::add);
        return ActReport.send(dragoman, ConversationAct.TAGS, id, json);
    }
}
