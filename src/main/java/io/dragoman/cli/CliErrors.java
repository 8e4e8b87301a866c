// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.config.ConnectorJars;
import io.dragoman.yaml.Suggestion;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the user sees when the command line is wrong or a command fails: a sentence, never a stack trace. */
final class CliErrors {
    private static final Logger LOG = LoggerFactory.getLogger(CliErrors.class);

    private CliErrors() {}

    static int usage(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        if (error instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            List<String> known = known(command, word);
            String meant = Suggestion.of(word, known);
            err.println("There is no " + (word.startsWith("-") ? "option " : "command ") + word + " in " + name + "."
                    + (meant == null ? "" : " Did you mean " + meant + "?"));
        } else {
            err.println(error.getMessage());
        }
        if (command.getSubcommands().isEmpty()) {
            err.println("Usage: "
                    + command.getUsageMessage(CommandLine.Help.Ansi.OFF)
                            .lines()
                            .findFirst()
                            .orElse("")
                            .replaceFirst("^Usage: ", ""));
        } else {
            err.println(
                    "Commands: " + String.join(", ", command.getSubcommands().keySet()));
        }
        err.println("Try: ./" + name + " --help");
        err.flush();
        return Dragoman.WRONG;
    }

    static int failure(Exception failure, CommandLine command, ParseResult parsed) {
        LOG.debug("{} failed", command.getCommandName(), failure);
        String message = failure.getMessage();
        command.getErr()
                .println(command.getCommandName() + ": "
                        + (message == null ? failure.getClass().getSimpleName() : message));
        command.getErr().flush();
        return failure instanceof ConnectorJars.InvalidJar ? Dragoman.WRONG : Dragoman.FAILED;
    }

    private static List<String> known(CommandLine command, String word) {
        List<String> known = new ArrayList<>();
        if (word.startsWith("-")) {
            command.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
        } else {
            known.addAll(command.getSubcommands().keySet());
        }
        return known;
    }
}
