// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.status.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** The versions of our jar, of Camel's and of Java. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "dragoman " + ProgramVersion.own(),
            "Camel " + ProgramVersion.of("org.apache.camel/camel-api", "?"),
            "Java " + System.getProperty("java.version", "?")
        };
    }
}
