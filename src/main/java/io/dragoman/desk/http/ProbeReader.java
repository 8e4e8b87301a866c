// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.profile.CallReader;
import io.dragoman.profile.CallReader.Files;
import io.dragoman.profile.Section;
import io.dragoman.yaml.Node;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code test}: the requests that find out whether an account works. */
final class ProbeReader {
    private static final String[] KEYS = {"name", "when", "each", "ok", "untold", "found", "remedy", "clock", "answer"};

    private final CallReader reader;
    private final String title;
    private final ErrorCodes<String> errors;

    /** @param reader makes requests, with the credentials of those that send */
    ProbeReader(CallReader reader, String title, ErrorCodes<String> errors) {
        this.reader = reader;
        this.title = title;
        this.errors = errors;
    }

    /** Those of a profile, in their order. */
    List<Probe> read(Section root) {
        List<Probe> probes = new ArrayList<>();
        for (Node node : root.node().get("test").orElseThrow().needItems(root.problems())) {
            probes.add(probe(root.of(node)));
        }
        return probes;
    }

    private Probe probe(Section test) {
        Probe probe = new Probe(
                test.need("name", "It says in a few words what is looked at."),
                test.expression("when"),
                test.expression("each"),
                reader.call(test, Files.NONE, KEYS),
                reader.besides(test, title, errors),
                test.expression("ok"),
                test.expression("untold"),
                test.expression("found"),
                test.need("remedy", "It is a sentence that says what to do where it fails."),
                test.has("clock") ? NoticeReader.duration(test, "clock", "2m") : null);
        if (!test.text("method", "GET").equals("GET")) {
            test.error("method", "changes something, but a test only looks: leave it out.");
        }
        return probe;
    }
}
