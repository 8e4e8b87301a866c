// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.cli.AccountEditing.Change;
import io.dragoman.config.ConfigurationEditor.Manner;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code rules set}: other rules in the place of those that are there. */
@Command(
        name = "set",
        description = {
            "Put other rules in the place of config/rules.yaml; the old file is kept as .bak.",
            "The whole configuration is checked first; --dry-run only does that."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman rules set new-rules.yaml --dry-run")
final class RulesSet implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private RulesCommand parent;

    @Parameters(index = "0", paramLabel = "FILE", description = "The other rules, written like config/rules.yaml.")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "Only look what would come of it.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        String yaml;
        try {
            yaml = Files.readString(file);
        } catch (IOException e) {
            parent.dragoman().failed(file + " cannot be read. Name a file written like config/rules.yaml.");
            return Dragoman.WRONG;
        }
        ObjectNode body = Json.mapper().createObjectNode().put("yaml", yaml);
        return new AccountEditing(parent.dragoman())
                .make(
                        new Change("PUT", "rules", body, "rules.changed", null, dryRun),
                        editor -> editor.rules(yaml, new Manner(null, dryRun)));
    }
}
