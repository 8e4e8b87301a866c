// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** SQLite's write-ahead log, as https://sqlite.org/fileformat2.html#walformat describes it. */
final class WalFile {
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;

    private WalFile() {}

    /** How many commits stand in the log. */
    static long commits(Path wal) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(wal));
            if (bytes.limit() < HEADER) {
                return 0;
            }
            int page = bytes.getInt(8);
            long commits = 0;
            for (int at = HEADER; at + FRAME_HEADER + page <= bytes.limit(); at += FRAME_HEADER + page) {
                boolean sameSalt = bytes.getLong(at + 8) == bytes.getLong(16);
                if (sameSalt && bytes.getInt(at + 4) != 0) { // the size after a commit; zero within one
                    commits++;
                }
            }
            return commits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
