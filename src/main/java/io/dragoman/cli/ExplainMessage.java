// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.explain.Explain;
import io.dragoman.app.explain.MessageStory;
import io.dragoman.app.explain.StoryText;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Account;
import io.dragoman.store.Tx;
import io.dragoman.store.blob.MediaFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code explain}: the whole story of a message. */
@Command(
        name = "explain",
        description = {
            "Tell the whole story of a message: received, proved, placed, decided, delivered, and why.",
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
        return OfflineStore.look(dragoman, this::tell);
    }

    private int tell(Tx tx) {
        Path data = OfflineStore.gateway(dragoman).store().data().resolve("media");
        Optional<MessageStory> story = new Explain(insecure()::contains, new MediaFiles(data)::size).story(tx, id);
        if (story.isEmpty()) {
            return dragoman.failed("There is no message, event or delivery " + id + ".");
        }
        if (dragoman.json()) {
            dragoman.print(story.get());
        } else {
            dragoman.out().print(StoryText.of(story.get()));
            dragoman.out().flush();
        }
        return Dragoman.OK;
    }

    private Set<String> insecure() {
        return dragoman.load() instanceof Loaded.Usable<?> usable
                ? Stream.concat(usable.configuration().channels().stream(), usable.configuration().desks().stream())
                        .filter(Account::insecure)
                        .map(Account::id)
                        .collect(Collectors.toSet())
                : Set.of();
    }
}
