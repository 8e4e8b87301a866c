// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.check.CaseResult;
import io.dragoman.app.check.ProfileCases;
import io.dragoman.connector.Connector;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Profiled;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code profile test}. */
@Command(
        name = "test",
        description = {
            "Read a profile, report every problem in it with its place, and run its recorded cases.",
            "Nothing is sent and no gateway is needed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman profile test profiles/acme.yaml",
            "  ./dragoman profile test profiles/acme.yaml --cases recordings/acme",
            "  ./dragoman profile test telnyx --cases recordings/telnyx"
        })
final class ProfileTest implements Callable<Integer> {
    private static final String ENDING = ".yaml";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ProfileCommand group;

    @Parameters(
            paramLabel = "FILE",
            description = "The profile; or the name of one, as ./dragoman profile list has it.")
    private Path file = Path.of("");

    @Option(
            names = "--cases",
            paramLabel = "DIR",
            description = "The folder with its cases (default: beside it, with its name).")
    private @Nullable Path cases;

    @Override
    public Integer call() {
        Dragoman dragoman = group.dragoman();
        if (!Files.exists(file) && !named() && isName(file.toString())) {
            return group.unknown(file.toString());
        }
        Connector connector;
        try {
            connector = named()
                    ? group.having(file.toString()).profile(file.toString(), dragoman.place())
                    : group.describedBy(file).profile(file);
        } catch (InvalidProfile e) {
            if (dragoman.json()) {
                dragoman.print(new Report(
                        false, e.faults().stream().map(Object::toString).toList(), List.of()));
            } else {
                e.faults().forEach(dragoman.err()::println);
                dragoman.err().flush();
            }
            return Dragoman.WRONG;
        }
        Path folder = cases != null ? cases : beside(dragoman.place());
        if (!Files.isDirectory(folder)) {
            dragoman.err()
                    .println("The profile is good. It has no cases: " + folder
                            + " is no folder. docs/profiles.md says how to record them, --cases names another folder"
                            + (named()
                                    ? "; those of the shipped profiles are in src/test/resources/profiles of the sources."
                                    : "."));
            dragoman.err().flush();
            return Dragoman.FAILED;
        }
        try {
            return show(dragoman, new ProfileCases(connector).run(folder));
        } catch (IOException e) {
            return dragoman.failed("The cases in " + folder + " cannot be read: " + e.getMessage());
        }
    }

    /** Whether it is the name of one that is shipped, or of an own one, and no file. */
    private boolean named() {
        return !Files.exists(file) && group.has(file.toString());
    }

    /** Whether it is meant as a name, not as a file. */
    private static boolean isName(String word) {
        return !word.endsWith(ENDING) && !word.contains("/") && !word.contains(File.separator);
    }

    private Path beside(Path home) {
        return named()
                ? home.resolve(Profiled.FOLDER).resolve(file)
                : Path.of(file.toString().replaceFirst(ENDING + "$", ""));
    }

    private static int show(Dragoman dragoman, List<CaseResult> results) {
        boolean passed = !results.isEmpty() && results.stream().allMatch(CaseResult::passed);
        if (dragoman.json()) {
            dragoman.print(new Report(passed, List.of(), results));
        } else {
            results.forEach(result -> dragoman.out()
                    .println(
                            result.passed()
                                    ? "passed  " + result.name()
                                    : "FAILED  " + result.name() + ": " + result.failure()));
            long good = results.stream().filter(CaseResult::passed).count();
            dragoman.out().println(good + " of " + results.size() + " cases passed.");
            dragoman.out().flush();
        }
        return passed ? Dragoman.OK : Dragoman.FAILED;
    }

    /** What {@code profile test --json} prints. */
    private record Report(boolean passed, List<String> problems, List<CaseResult> cases) {}
}
