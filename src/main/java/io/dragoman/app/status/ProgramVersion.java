// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.status;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** The versions of the jars that run, as Maven wrote them there. Thread-safe. */
public final class ProgramVersion {
    /** Looked for once: every command of the command line asks at each start, and each look goes through all jars. */
    private static final Map<String, String> FOUND = new ConcurrentHashMap<>();

    private ProgramVersion() {}

    /** The gateway's own; {@code (development)} for classes that are in no jar. */
    public static String own() {
        return of("io.dragoman/dragoman", "(development)");
    }

    /**
     * That of any jar.
     *
     * @param artifact its group and name with a slash between
     * @param unknown the answer where it says nothing
     */
    public static String of(String artifact, String unknown) {
        String version = FOUND.computeIfAbsent(artifact, ProgramVersion::read);
        return version.isEmpty() ? unknown : version;
    }

    private static String read(String artifact) {
        Properties properties = new Properties();
        try (InputStream in =
                ProgramVersion.class.getResourceAsStream("/META-INF/maven/" + artifact + "/pom.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return "";
        }
        return properties.getProperty("version", "");
    }
}
