// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code person}: all that is kept of one person. */
@Command(
        name = "person",
        description = {
            "Hand out what is kept of one person, or erase it from everything.",
            "A person is named by the contact's id, or by an address as a channel writes it."
        },
        subcommands = {PersonExportCommand.class, PersonErase.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman person export ana@example.com --out ana/",
            "  ./dragoman person erase +4915112345678         what would be erased",
            "  ./dragoman person erase +4915112345678 --yes"
        })
final class PersonCommand extends CommandGroup {
    /** The contact that is meant, or a sentence why that is not clear. */
    record Named(String contact, String problem) {
        boolean clear() {
            return problem.isEmpty();
        }
    }

    static Named named(Queries queries, String person) {
        List<String> contacts = queries.people().named(person);
        if (contacts.size() == 1) {
            return new Named(contacts.get(0), "");
        }
        return new Named(
                "",
                contacts.isEmpty()
                        ? "There is no contact with this id or address."
                        : "Several contacts have this address: " + String.join(", ", contacts)
                                + ". Name one of them, or merge them first: ./dragoman contact merge");
    }
}
