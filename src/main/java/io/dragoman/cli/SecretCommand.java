// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.config.EditRefused;
import io.dragoman.connector.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code secret}: keeps a secret in a file of its own. */
@Command(
        name = "secret",
        description = {
            "Keep a secret, read from the standard input, in a file below secrets/ that only you can read.",
            "Prints what to write where it is needed. A gateway that runs has a changed one with its next change of files."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman secret telegram < token.txt")
final class SecretCommand implements Callable<Integer> {
    private static final int LONGEST = 64 * 1024;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(index = "0", paramLabel = "NAME", description = "The file's name.")
    private String name = "";

    /** What {@code --json} prints. */
    private record Report(String reference) {}

    @Override
    public Integer call() throws IOException {
        String value = new String(System.in.readNBytes(LONGEST + 1), StandardCharsets.UTF_8);
        AccountEditing editing = new AccountEditing(dragoman);
        try {
            String reference = editing.editor().secret(name, new Secret(value.replaceFirst("[\\r\\n]+$", "")));
            if (dragoman.json()) {
                dragoman.print(new Report(reference));
            } else {
                dragoman.out().println(reference);
                dragoman.out().flush();
            }
            return Dragoman.OK;
        } catch (EditRefused e) {
            return editing.refused(e);
        }
    }
}
