// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.rival;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The files that the others are set up with. */
final class Resources {
    private Resources() {}

    static void copy(String name, Path file) throws IOException {
        try (InputStream in = Objects.requireNonNull(Resources.class.getResourceAsStream(name), name)) {
            Files.copy(in, file);
        }
    }
}
