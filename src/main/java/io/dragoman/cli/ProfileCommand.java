// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.connector.Connector;
import io.dragoman.connector.Profiled;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code profile}: the providers that a file describes, for channels of kind {@code http}. */
@Command(
        name = "profile",
        description = "List the profiles for channels of kind http, and test one with its recorded cases.",
        subcommands = {ProfileList.class, ProfileTest.class},
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman profile list", "  ./dragoman profile test profiles/acme.yaml --cases profiles/acme"})
final class ProfileCommand extends CommandGroup {
    /** The connector that reads profiles. */
    Profiled profiles() {
        Optional<Connector> found = dragoman().connectors().stream()
                .filter(connector -> connector instanceof Profiled)
                .findFirst();
        return (Profiled) found.orElseThrow(() -> new IllegalStateException("no connector reads profiles"));
    }
}
