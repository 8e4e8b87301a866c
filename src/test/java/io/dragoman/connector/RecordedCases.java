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
    private final Path folder;
    private final String in;

    private RecordedCases(Path folder, String in) {
        this.folder = folder;
        this.in = in;
    }

    /** Those of a connector, such as {@code channel/messente}. */
    public static RecordedCases of(String connector) {
        return of(connector, "json");
    }

    /** Those that are recorded in another form, such as {@code xml}. */
    public static RecordedCases of(String connector, String form) {
        return new RecordedCases(Path.of("src/test/resources/io/dragoman", connector, "cases"), ".in." + form);
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
                    .filter(name -> name.endsWith(in))
                    .map(name -> name.substring(0, name.length() - in.length()))
                    .sorted()
                    .toList();
            assertThat(names).as("recordings in " + folder).isNotEmpty();
            return names.stream();
        }
    }

    private List<? extends Event> read(String name, Reader reader) throws Exception {
        try {
            return reader.read(Files.readAllBytes(folder.resolve(name + in)));
        } catch (MalformedPayload e) {
            if (e.readable().isEmpty()) {
                throw e;
            }
            return e.readable(); // the rest is dead
        }
    }

    /** Demands that a recording becomes exactly the expected events, and that each is stored and read back unchanged. */
    public void check(String name, Reader reader) throws Exception {
        List<? extends Event> events = read(name, reader);
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
