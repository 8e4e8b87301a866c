// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.person.PersonExport.Person;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code person export}. */
@Command(
        name = "export",
        description = {
            "Write what is kept of a person into a new folder: person.json, and each file of theirs in files/, named by"
                    + " the SHA-256 of its bytes. Without --out the JSON is printed.",
            "Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman person export ana@example.com --out ana/")
final class PersonExportCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private PersonCommand parent;

    @Parameters(paramLabel = "PERSON", description = "The contact's id, or an address.")
    private String person = "";

    @Option(names = "--out", paramLabel = "DIR", description = "A folder that is not there yet.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        return OfflineStore.look(parent.dragoman(), this::export);
    }

    private int export(Queries queries) {
        Dragoman dragoman = parent.dragoman();
        PersonCommand.Named named = PersonCommand.named(queries, person);
        Optional<Person> found = named.clear() ? queries.people().export(named.contact()) : Optional.empty();
        if (found.isEmpty()) {
            return dragoman.failed(named.clear() ? "There is no contact with this id." : named.problem());
        }
        if (out == null) {
            dragoman.print(found.get());
            return Dragoman.OK;
        }
        try {
            int files = queries.people().write(found.get(), out);
            dragoman.out()
                    .println(found.get().conversations().size() + " conversations and " + files + " files are in " + out
                            + ".");
            dragoman.out().flush();
            return Dragoman.OK;
        } catch (IOException e) {
            return dragoman.failed(out + " cannot be written (" + e.getClass().getSimpleName()
                    + "). Name a folder that is not there yet, below one that you may write to.");
        }
    }
}
