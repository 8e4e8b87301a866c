// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Event;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Payloads as providers sent them, and the events that are expected of each: {@code <name>.in.json} beside {@code
 * <name>.out.json} in the {@code cases} of a connector's test resources.
 */
public final class RecordedCases {
    private static final String IN = ".in.json";

    private final Path folder;

    private RecordedCases(Path folder) {
        this.folder = folder;
    }

    /** Those of a connector, such as {@code channel/messente}. */
    public static RecordedCases of(String connector) {
        return new RecordedCases(Path.of("src/test/resources/io/dragoman", connector, "cases"));
    }

    /** How a test reads one. */
    @FunctionalInterface
    public interface Reader {
        List<? extends Event> read(byte[] recorded) throws Exception;
    }

    /** The names of all, for {@code @MethodSource}; none is an error. */
    public Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(IN))
                    .map(name -> name.substring(0, name.length() - IN.length()))
                    .sorted()
                    .toList();
            assertThat(names).as("recordings in " + folder).isNotEmpty();
            return names.stream();
        }
    }

    /** Demands that a recording becomes exactly the expected events, and that each is stored and read back unchanged. */
    public void check(String name, Reader reader) throws Exception {
        List<? extends Event> events = reader.read(Files.readAllBytes(folder.resolve(name + IN)));
        JsonNode expected = Json.tree(Files.readAllBytes(folder.resolve(name + ".out.json")));
        JsonNode actual = Json.tree(Json.writeAll(events, Event.class).getBytes(StandardCharsets.UTF_8));
        if (!actual.equals(expected)) { // in whatever order; as text the difference can be read
            assertThat(actual.toPrettyString()).as(name).isEqualTo(expected.toPrettyString());
            throw new AssertionError(name + " differs in a number's type");
        }
        for (Event event : events) {
            assertThat(Json.read(Json.write(event), Event.class)).isEqualTo(event);
        }
    }
}
