// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.status;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The versions of the jars that run, as Maven wrote them there. */
public final class ProgramVersion {
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
        Properties properties = new Properties();
        try (InputStream in =
                ProgramVersion.class.getResourceAsStream("/META-INF/maven/" + artifact + "/pom.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return unknown;
        }
        return properties.getProperty("version", unknown);
    }
}
