// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions of our jar and of Camel's, as Maven wrote them there. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "dragoman " + own(),
            "Camel " + of("org.apache.camel/camel-api", "?"),
            "Java " + System.getProperty("java.version", "?")
        };
    }

    /** The gateway's own. */
    static String own() throws IOException {
        return of("io.dragoman/dragoman", "(development)");
    }

    private static String of(String artifact, String unknown) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/META-INF/maven/" + artifact + "/pom.properties")) {
            if (in != null) {
                properties.load(in);
            }
        }
        return properties.getProperty("version", unknown);
    }
}
