// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the outside saw, a line each, in a file that only ever grows. Thread-safe. */
final class Witness implements AutoCloseable {
    private final BufferedWriter out;

    Witness(Path file) throws IOException {
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    /** What can be seen. */
    enum What {
        /** Somebody began to post a text to the gateway. */
        POSTED,
        /** The gateway answered it with 2xx, or the mail server took the mail. */
        TAKEN,
        /** The gateway brought a text. */
        CAME
    }

    /**
     * One thing that was seen.
     *
     * @param party the channel or desk that it happened at
     * @param who whose text it is, or who got it
     * @param id the effect's own id there; empty for what was posted
     */
    record Entry(What what, String party, String who, String id, String text) {}

    void write(What what, String party, String who, String id, String text) {
        String line = String.join(
                "\t", what.name(), party, who, id, text.replace('\t', ' ').replace('\n', ' '));
        synchronized (out) {
            try {
                out.write(line);
                out.newLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Everything in the order in which it was written. */
    static List<Entry> read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String[] words = line.split("\t", 5);
            entries.add(new Entry(What.valueOf(words[0]), words[1], words[2], words[3], words[4]));
        }
        return entries;
    }

    void flush() throws IOException {
        synchronized (out) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
