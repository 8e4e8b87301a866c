// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Tests the tests: puts one bug after the other into a copy of this tree and demands that the stage named beside it
 * fails. Run from the root of the tree, after everything was compiled; arguments pick bugs by a part of their names.
 */
public final class PlantedBugs {
    private static final List<String> TREE =
            List.of("pom.xml", "routes", "config", "docs", "src", "target/classes", "target/test-classes");

    /** As surefire sums up: {@code [ERROR]   KafkaLogTest.name:120->helper:33 expected}. */
    private static final Pattern FAILED = Pattern.compile("(?m)^\\[ERROR\\] {3}(?:Run \\d+: )?(\\w+\\.\\w+)");

    private PlantedBugs() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(missed(arguments).isEmpty() ? 0 : 1);
    }

    /** Tries the bugs whose names have one of these parts, all when there is none, and gives those that nothing caught. */
    static List<String> missed(String... arguments) throws IOException, InterruptedException {
        List<String> missed = new ArrayList<>();
        int tried = 0;
        for (PlantedBug bug : PlantedBug.ALL) {
            if (arguments.length > 0 && Stream.of(arguments).noneMatch(bug.name()::contains)) {
                continue;
            }
            tried++;
            long begun = System.nanoTime();
            String caught = catcher(bug);
            System.out.printf(
                    "| %s | `%s` | %s | %d s |%n",
                    bug.name(),
                    bug.stage(),
                    caught.isEmpty() ? "MISSED" : "caught by " + caught,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
            if (caught.isEmpty()) {
                missed.add(bug.name());
            }
        }
        System.out.printf("planted bugs: %d tried, %d missed %s%n", tried, missed.size(), missed);
        return missed;
    }

    /** The tests that failed with it, in words; empty when none did. */
    private static String catcher(PlantedBug bug) throws IOException, InterruptedException {
        Path copy = Files.createTempDirectory("dragoman-bug");
        try {
            for (String part : TREE) {
                Path target = copy.resolve(part);
                Files.createDirectories(target.getParent());
                run(copy, "cp", "-r", Path.of(part).toAbsolutePath().toString(), target.toString());
            }
            plant(bug, copy);
            Path report = copy.resolve("report");
            Process maven = new ProcessBuilder(
                            "mvn",
                            "-o",
                            "-B",
                            "surefire:test",
                            "-Dtest=" + bug.stage(),
                            "-Dsurefire.failIfNoSpecifiedTests=true",
                            "-Ddragoman.kill.cycles=6",
                            "-Ddragoman.kill.messages=2500",
                            "-Ddragoman.power.cuts=1500")
                    .directory(copy.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(report.toFile())
                    .start();
            boolean ended = maven.waitFor(10, TimeUnit.MINUTES);
            maven.descendants().forEach(ProcessHandle::destroyForcibly);
            maven.destroyForcibly();
            String output = Files.readString(report);
            if (!ended) {
                return "the limit of time"; // it hangs, and tests have limits: seen
            }
            if (!output.contains("Tests run:")) {
                throw new IllegalStateException(bug.name() + ": no test ran\n" + output);
            }
            return output.contains("BUILD FAILURE") ? failed(output) : "";
        } finally {
            run(Path.of("/"), "rm", "-rf", copy.toString());
        }
    }

    private static String failed(String output) {
        String tests = FAILED.matcher(output)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .collect(Collectors.joining(", "));
        return tests.isEmpty() ? "the end of its process" : tests;
    }

    private static void plant(PlantedBug bug, Path copy) throws IOException {
        for (PlantedBug.Edit edit : bug.edits()) {
            Path file = copy.resolve(edit.file());
            String text = Files.readString(file);
            if (!text.contains(edit.fragment())) {
                throw new IllegalStateException(bug.name() + ": " + edit.file() + " has no longer: " + edit.fragment());
            }
            Files.writeString(file, text.replace(edit.fragment(), edit.replacement()));
            if (edit.file().endsWith(".java")) {
                compile(bug, file, copy.resolve("target/classes"));
            } else {
                Path resource = Path.of(edit.file().replace("src/main/resources", "target/classes"));
                Files.copy(file, copy.resolve(resource), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The changed file alone, against the classes that are there. */
    private static void compile(PlantedBug bug, Path file, Path classes) {
        String classPath = classes + File.pathSeparator + System.getProperty("java.class.path");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-nowarn",
                        "-proc:none",
                        "-parameters",
                        "-d",
                        classes.toString(),
                        "-cp",
                        classPath,
                        file.toString());
        if (failed != 0) {
            throw new IllegalStateException(bug.name() + " does not compile");
        }
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + exit);
        }
    }
}
