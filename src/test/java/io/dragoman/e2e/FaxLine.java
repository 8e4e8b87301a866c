// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A route of the operator's own: each file is an event. */
final class FaxLine extends Line {
    private static final String YAML = """
              fax:
                kind: route
                to: direct:fax-out
            """;
    private int files;

    FaxLine(World world) {
        super(world, "fax");
    }

    static String channels() {
        return YAML;
    }

    static void routes(Path home) throws IOException {
        Files.createDirectories(home.resolve("routes"));
        Files.createDirectories(home.resolve("in"));
        Files.writeString(home.resolve("routes/fax.camel.yaml"), """
                - route:
                    from:
                      uri: file:%s/in?delay=20&initialDelay=20&sortBy=file:name
                      steps:
                        - to: intake:fax
                - route:
                    from:
                      uri: direct:fax-out
                      steps:
                        - to: file:%s/out
                """.formatted(home, home));
    }

    @Override
    synchronized void deliver(ObjectNode... events) {
        try {
            for (ObjectNode event : events) {
                Path whole = world.home().resolve("written");
                Files.writeString(whole, Json.write(event));
                Files.move(whole, world.home().resolve("in/%05d.json".formatted(files++)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    ObjectNode message(int customer, int id, String text, Instant at) {
        return object().put("id", "f" + id).put("from", "fax" + customer).put("text", text);
    }

    @Override
    boolean batches() {
        return true;
    }
}
