// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Connector;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a configuration is, and what it is read with. Thread-safe. */
public final class HomeFolder {
    private final Path folder;
    private final List<Connector> connectors;
    private final Function<String, @Nullable String> environment;
    private final ConnectorKinds kinds;

    /**
     * @param folder above {@code config/}
     * @param connectors the code for channels and desks
     * @param environment the value of an environment variable, or null
     */
    public HomeFolder(Path folder, List<Connector> connectors, Function<String, @Nullable String> environment) {
        this.folder = folder.toAbsolutePath().normalize();
        this.connectors = List.copyOf(connectors);
        this.environment = environment;
        this.kinds = new ConnectorKinds(this.folder, this.connectors);
    }

    Path folder() {
        return folder;
    }

    List<Connector> connectors() {
        return connectors;
    }

    Function<String, @Nullable String> environment() {
        return environment;
    }

    /** The kinds of channel and desk that accounts in it can be of. */
    public ConnectorKinds kinds() {
        return kinds;
    }

    /** The files as they are. */
    public ConfigurationFiles files() {
        return new ConfigurationFiles(folder, kinds);
    }
}
