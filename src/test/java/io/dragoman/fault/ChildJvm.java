// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How tests start another JVM on their own class path. */
final class ChildJvm {
    private ChildJvm() {}

    /** The command line: quick to start rather than quick to run. */
    static List<String> command(Class<?> main, List<String> properties, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(properties);
        command.add(main.getName());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }
}
