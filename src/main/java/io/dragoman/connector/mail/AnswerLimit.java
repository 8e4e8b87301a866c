// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what a mail server may answer. The mail library collects an answer, and even a line, of any length in memory;
 * so a connection whose server sends more than a limit between two writes of ours is ended. One for each connection; its
 * streams carry what is below or without TLS, never what is encrypted. Thread-safe.
 */
public class AnswerLimit {
    /** Enough to know a command by. */
    private static final int LONGEST_COMMAND = 64;

    private long most;
    private long taken;
    private @Nullable String problem;

    /** @param most how many bytes may answer one command */
    public AnswerLimit(long most) {
        this.most = most;
    }

    /** What the server did too much of, in words that follow its name; empty while it has not. */
    public final synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** A command begins, and what comes from now on is its answer. Of what continues a command this is said too. */
    protected void asked(String command) {}

    /** One byte of an answer, which the library has not seen yet. */
    protected void came(byte one) throws IOException {}

    /** How much one answer may take from here on. */
    protected final void most(long bytes) {
        most = bytes;
    }

    /** Counts what the library is about to keep. */
    protected final void take(long bytes) throws IOException {
        taken += bytes;
        expect(0);
    }

    /** Refuses what has been announced where there is no room for it. */
    protected final void expect(long bytes) throws IOException {
        if (taken + bytes > most) {
            throw refused("it sent more in answer to one command than is ever read");
        }
    }

    /** For a server that goes too far. The text never holds what it sent. */
    protected final IOException refused(String what) {
        problem = what;
        return new IOException(what);
    }

    final InputStream over(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                check(bytes, offset, count);
                return count;
            }

            @Override
            public long skip(long count) throws IOException {
                throw new IOException("an answer is read, never skipped");
            }

            @Override
            public boolean markSupported() {
                return false;
            }
        };
    }

    final OutputStream over(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                begin(new String(bytes, offset, Math.min(length, LONGEST_COMMAND), StandardCharsets.ISO_8859_1));
                out.write(bytes, offset, length);
            }
        };
    }

    private synchronized void begin(String command) {
        taken = 0;
        asked(command);
    }

    private synchronized void check(byte[] bytes, int offset, int count) throws IOException {
        if (problem != null) {
            throw new IOException(problem);
        }
        take(Math.max(0, count));
        for (int i = offset; i < offset + count; i++) {
            came(bytes[i]);
        }
    }
}
