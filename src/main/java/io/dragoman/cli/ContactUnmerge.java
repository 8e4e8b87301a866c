// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.audit.Actor;
import io.dragoman.app.contact.ContactService;
import io.dragoman.app.contact.ContactService.Result;
import picocli.CommandLine.Command;

/** {@code contact unmerge}. */
@Command(
        name = "unmerge",
        description = {
            "Undo the merge by which this contact went into another.",
            "What came since stays with the other one."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman contact unmerge 019ab1d7-…")
final class ContactUnmerge extends ContactChange {
    @Override
    String verb() {
        return "unmerge";
    }

    @Override
    void add(ObjectNode json) {
        // the id in the path is all
    }

    @Override
    Result act(ContactService contacts, String id, Actor actor) {
        return contacts.unmerge(id, actor);
    }

    @Override
    String done(String survivor, String merged) {
        return merged + " stands by itself again, apart from " + survivor + ".";
    }
}
