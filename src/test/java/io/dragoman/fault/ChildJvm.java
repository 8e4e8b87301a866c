// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How tests start another JVM on their own class path. */
final class ChildJvm {
    private ChildJvm() {}

    /** The command line: quick to start rather than quick to run; later options win over these. */
    static List<String> command(Class<?> main, List<String> options, Object... arguments) {
        Archive archive = Archive.made();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx256m"));
        if (options.stream().noneMatch(option -> option.startsWith("-XX:ArchiveClassesAtExit"))) {
            command.addAll(archive.options());
        }
        command.addAll(options);
        command.addAll(List.of("-cp", archive.classPath(), main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }
}
