// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.connector.Profiled;
import io.dragoman.yaml.Suggestion;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code profile}: the providers that a file describes, for channels and desks of kind {@code http}. */
@Command(
        name = "profile",
        description =
                "List and show the profiles for channels and desks of kind http, and test one with its recorded cases.",
        subcommands = {ProfileList.class, ProfileShow.class, ProfileTest.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman profile list",
            "  ./dragoman profile show telnyx",
            "  ./dragoman profile test profiles/acme.yaml --cases profiles/acme"
        })
final class ProfileCommand extends CommandGroup {
    /** The connectors that read profiles: that of channels, that of desks. */
    List<Profiled> profiles() {
        List<Profiled> found = dragoman().connectors().stream()
                .filter(connector -> connector instanceof Profiled)
                .map(Profiled.class::cast)
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException("no connector reads profiles");
        }
        return found;
    }

    /** The one that has a profile of this name; the first where none has. */
    Profiled having(String name) {
        return profiles().stream()
                .filter(one -> one.profiles(dragoman().home()).contains(name))
                .findFirst()
                .orElse(profiles().get(0));
    }

    /** Says on the error stream that there is none of this name, which was likely meant, and how to see them all. */
    int unknown(String name) {
        List<String> known = profiles().stream()
                .flatMap(one -> one.profiles(dragoman().home()).stream())
                .toList();
        String meant = Suggestion.of(name, known);
        dragoman()
                .err()
                .println("There is no profile '" + name + "'." + (meant == null ? "" : " Did you mean " + meant + "?")
                        + " ./dragoman profile list names them all; an own one is a file in "
                        + dragoman().home().resolve(Profiled.FOLDER) + ".");
        dragoman().err().flush();
        return Dragoman.WRONG;
    }

    /** Whether there is one of this name. */
    boolean has(String name) {
        return profiles().stream()
                .anyMatch(one -> one.profiles(dragoman().home()).contains(name));
    }

    /** The one for whose side of the gateway a file is. */
    Profiled describedBy(Path file) {
        return profiles().stream()
                .filter(one -> one.describes(file))
                .findFirst()
                .orElse(profiles().get(0));
    }
}
