// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar, as Maven wrote it there. */
final class Version implements IVersionProvider {
    private static final String FILE = "/META-INF/maven/io.dragoman/dragoman/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(FILE)) {
            if (in != null) {
                properties.load(in);
            }
        }
        return new String[] {
            "dragoman " + properties.getProperty("version", "(development)"),
            "Java " + System.getProperty("java.version", "?")
        };
    }
}
