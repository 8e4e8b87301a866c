// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.explain.MessageStory;
import io.dragoman.app.explain.StoryText;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code explain}: the whole story of a message. */
@Command(
        name = "explain",
        description = {
            "Explain a message: received, authenticated, assigned, decided, delivered, and why.",
            "Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman explain 019ab1c2-…          the id of a message, an event or a delivery"})
final class ExplainMessage implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(paramLabel = "ID", description = "The id of a message, an event or a delivery.")
    private String id = "";

    @Override
    public Integer call() {
        return OfflineStore.look(dragoman, OfflineStore.accounts(dragoman), this::tell);
    }

    private int tell(Queries queries) {
        Optional<MessageStory> story = queries.explain().story(id);
        if (story.isEmpty()) {
            boolean conversation = queries.conversations().find(id).isPresent();
            return dragoman.failed("There is no message, event or delivery " + id + "."
                    + (conversation ? " It is a conversation: ./dragoman conversation " + id : ""));
        }
        if (dragoman.json()) {
            dragoman.print(story.get());
        } else {
            dragoman.out().print(StoryText.of(story.get()));
            dragoman.out().flush();
        }
        return Dragoman.OK;
    }
}
