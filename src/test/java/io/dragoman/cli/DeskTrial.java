// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.config.Connectors;
import io.dragoman.config.Home;
import io.dragoman.simulator.YamlText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** Runs {@code desk test} on one desk in a home folder of its own. */
public final class DeskTrial {
    /** Where its webhooks come to. */
    static final URI CALLBACK = URI.create("http://localhost:8080/desks/helpdesk");

    private final Path folder;
    private final Home home;
    private final StringWriter out = new StringWriter();

    public DeskTrial(Path folder) {
        this.folder = folder;
        home = new Home(folder);
    }

    /** The exit code for a desk of kind {@code http} with these settings. */
    public int test(Map<String, String> settings) {
        home.write("channels", "channels: {}\n")
                .write("gateway", "desk: helpdesk\n")
                .write("desks", "desks:\n" + YamlText.account("helpdesk", "http", settings));
        out.getBuffer().setLength(0);
        return new Dragoman(Connectors.installed(), home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(out))
                .execute("desk", "test", "helpdesk", "--json", "--home", folder.toString());
    }

    /** What it printed. */
    public String said() {
        return out.toString();
    }
}
