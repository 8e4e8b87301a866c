// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.audit.Actor;
import io.dragoman.app.contact.ContactService;
import io.dragoman.app.contact.ContactService.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code contact merge}. */
@Command(
        name = "merge",
        description = {
            "Make two contacts one: the older has the addresses, conversations and tags of both.",
            "What was moved is kept with the reason, and `contact unmerge` moves it back."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman contact merge 019ab1c2-… 019ab1d7-… --why \"she said so on the phone\"")
final class ContactMerge extends ContactChange {
    @Parameters(index = "1", paramLabel = "OTHER", description = "The other contact's id.")
    private String other = "";

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, kept with the merge.")
    private String why = ContactService.BY_AN_OPERATOR;

    @Override
    String verb() {
        return "merge";
    }

    @Override
    void add(ObjectNode json) {
        json.put("contact", other).put("why", why);
    }

    @Override
    Result act(ContactService contacts, String id, Actor actor) {
        return contacts.merge(id, other, why, actor);
    }

    @Override
    String done(String survivor, String merged) {
        return merged + " was merged into " + survivor + ". To part them: ./dragoman contact unmerge " + merged;
    }
}
