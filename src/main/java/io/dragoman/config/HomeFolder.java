// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Connector;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a configuration is, and what it is read with.
 *
 * @param folder above {@code config/}
 * @param connectors the code for channels and desks
 * @param environment the value of an environment variable, or null
 */
public record HomeFolder(Path folder, List<Connector> connectors, Function<String, @Nullable String> environment) {
    public HomeFolder {
        folder = folder.toAbsolutePath().normalize();
        connectors = List.copyOf(connectors);
    }

    /** The kinds of channel and desk that accounts in it can be of. */
    public ConnectorKinds kinds() {
        return new ConnectorKinds(folder, connectors);
    }

    /** The files as they are. */
    public ConfigurationFiles files() {
        return new ConfigurationFiles(folder, kinds());
    }
}
