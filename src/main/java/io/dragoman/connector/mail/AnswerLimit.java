// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what a mail server may answer. The mail library collects an answer, and even a line, of any length in memory;
 * so a connection whose server sends more than a limit between two writes of ours is ended. It also says to the server
 * what the library has no words for: see {@link #ahead} and {@link #outgoing}. One for each connection; its streams carry
 * what is below or without TLS, never what is encrypted. Thread-safe.
 */
public class AnswerLimit {
    /** Enough to know a command by. */
    private static final int LONGEST_COMMAND = 64;

    private static final byte[] NOTHING = {};

    private long most;
    private long taken;
    private @Nullable String problem;
    private boolean loginRefused;
    private @Nullable Held held;

    /** @param most how many bytes may answer one command */
    public AnswerLimit(long most) {
        this.most = most;
    }

    /** What is wrong with the server, in words that follow its name; empty while nothing is. */
    public final synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Whether the problem is that nobody can log in with this user and password. */
    public final synchronized boolean isLoginRefused() {
        return loginRefused;
    }

    /** A command begins, and what comes from now on is its answer. Of what continues a command this is said too. */
    protected void asked(String command) {}

    /** One byte of an answer, which the library has not seen yet. */
    protected void came(byte one) throws IOException {}

    /**
     * A command of our own that is sent before one of the library's, and answered by a single line which the library does
     * not see; null for none. What the library writes waits until that line is here, whatever it says.
     */
    protected @Nullable String ahead(String command) {
        return null;
    }

    /** What goes out in place of what the library wrote; nothing does once {@link #noLogin} was called. */
    protected byte[] outgoing(String command, byte[] written) {
        return written;
    }

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

    /** For a server that does not take the user or the password; the library learns it when it reads. */
    protected final void noLogin(String what) {
        problem = what;
        loginRefused = true;
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
                release(in);
                int count = in.read(bytes, offset, length);
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
                byte[] written = Arrays.copyOfRange(bytes, offset, offset + length);
                out.write(begin(written, out));
            }
        };
    }

    /** What goes out now. Nothing is waited for here: the library does not look at what fails while it writes. */
    private synchronized byte[] begin(byte[] written, OutputStream out) {
        String command = head(written);
        byte[] going = outgoing(command, written);
        if (problem != null) {
            return NOTHING;
        }
        if (held != null) {
            held.bytes.writeBytes(going);
            return NOTHING;
        }
        String ahead = ahead(command);
        if (ahead == null) {
            ask(command);
            return going;
        }
        held = new Held(ahead, out);
        held.bytes.writeBytes(going);
        ask(ahead);
        return (ahead + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private void ask(String command) {
        taken = 0;
        asked(command);
    }

    private static String head(byte[] written) {
        return new String(written, 0, Math.min(written.length, LONGEST_COMMAND), StandardCharsets.ISO_8859_1);
    }

    /** Sends what is held, once the command that was sent ahead of it has its answer. */
    private void release(InputStream in) throws IOException {
        Held waiting = waiting();
        if (waiting == null) {
            return;
        }
        byte[] one = new byte[1];
        do {
            if (!arrives(in, one)) {
                throw unanswered(waiting.ahead);
            }
            check(one, 0, 1);
        } while (one[0] != '\n');
        byte[] bytes = released(waiting);
        waiting.out.write(bytes); // a few thousand bytes at most, for which a socket has room
        waiting.out.flush();
    }

    private static boolean arrives(InputStream in, byte[] one) {
        try {
            return in.read(one, 0, 1) > 0;
        } catch (IOException e) {
            return false; // too late, or gone
        }
    }

    private synchronized @Nullable Held waiting() throws IOException {
        failIfRefused();
        return held;
    }

    private synchronized byte[] released(Held waiting) {
        held = null;
        byte[] bytes = waiting.bytes.toByteArray();
        ask(head(bytes));
        return bytes;
    }

    private synchronized IOException unanswered(String command) {
        return refused("it did not answer " + command + ", which it offers");
    }

    private void failIfRefused() throws IOException {
        if (problem != null) {
            throw new IOException(problem);
        }
    }

    private synchronized void check(byte[] bytes, int offset, int count) throws IOException {
        failIfRefused();
        take(Math.max(0, count));
        for (int i = offset; i < offset + count; i++) {
            came(bytes[i]);
        }
    }

    /** What the library wrote behind a command that was sent ahead. */
    private static final class Held {
        private final String ahead;
        private final OutputStream out;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Held(String ahead, OutputStream out) {
            this.ahead = ahead;
            this.out = out;
        }
    }
}
