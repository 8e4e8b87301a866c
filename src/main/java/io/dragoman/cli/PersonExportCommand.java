// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.person.PersonExport;
import io.dragoman.app.person.PersonExport.Attachment;
import io.dragoman.app.person.PersonExport.Person;
import io.dragoman.model.Json;
import io.dragoman.store.blob.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
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
            int files = write(queries.people(), found.get(), out);
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

    private static int write(PersonExport people, Person person, Path out) throws IOException {
        if (Files.exists(out)) {
            throw new IOException("it is there already");
        }
        Path files = OwnerOnly.folder(OwnerOnly.folder(out).resolve("files"));
        int written = 0;
        List<Attachment> all = person.conversations().stream()
                .flatMap(talk -> talk.files().stream())
                .toList();
        for (Attachment one : all) {
            if (one.sha256() != null && !Files.exists(files.resolve(one.sha256()))) {
                written += copy(people, one.sha256(), files.resolve(one.sha256()));
            }
        }
        Files.writeString(OwnerOnly.file(out.resolve("person.json")), Json.write(person));
        return written;
    }

    private static int copy(PersonExport people, String sha256, Path file) throws IOException {
        try (InputStream bytes = people.open(sha256)) {
            Files.copy(bytes, file);
            return 1;
        } catch (NoSuchFileException e) {
            return 0; // of a store whose files were not restored with it
        }
    }
}
