// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The HTTP/1.1 messages that come in on one connection, one after the other. A body in chunks is read, with the lengths
 * in it. For one thread.
 */
public final class HttpInput {
    private static final byte[] LENGTH = ascii("\r\ncontent-length:");
    private static final byte[] CHUNKED = ascii("\r\ntransfer-encoding:");
    private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");
    private static final byte[] END = ascii("\r\n\r\n");

    private byte[] bytes = new byte[4096];
    private int filled;
    private int body;
    private int end;

    /**
     * Takes what the connection has.
     *
     * @return false when the other side has closed it
     */
    public boolean read(SocketChannel channel) throws IOException {
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        int count = channel.read(ByteBuffer.wrap(bytes, filled, bytes.length - filled));
        filled += Math.max(count, 0);
        return count >= 0;
    }

    /** Whether a whole message is there; the other methods are about it until {@link #drop()}. */
    public boolean complete() {
        int head = find(END, 0, filled);
        if (head < 0) {
            return false;
        }
        body = head + END.length;
        if (header(CHUNKED) >= 0) {
            int last = find(LAST_CHUNK, body, filled);
            end = last + LAST_CHUNK.length;
            return last >= 0;
        }
        int length = header(LENGTH);
        end = body + (length < 0 ? 0 : (int) number(length));
        return filled >= end;
    }

    /** Forgets the message, and keeps what came after it. */
    public void drop() {
        System.arraycopy(bytes, end, bytes, 0, filled - end);
        filled -= end;
    }

    /** The status of a response. */
    public int status() {
        return (int) number(8);
    }

    /** Whether the message begins with this text: method and path. */
    public boolean startsWith(byte[] text) {
        return filled >= text.length && Arrays.equals(bytes, 0, text.length, text, 0, text.length);
    }

    /**
     * Where the value of a header begins.
     *
     * @param name in small letters, with the line end before it and the colon after it
     * @return -1 when there is none
     */
    public int header(byte[] name) {
        for (int at = 0; at + name.length <= body; at++) {
            if (bytes[at] == '\r' && matchesIgnoringCase(name, at)) {
                return at + name.length;
            }
        }
        return -1;
    }

    /** Where the text behind this one begins in the body; -1 when it is not there. */
    public int behind(byte[] text) {
        int at = find(text, body, end);
        return at < 0 ? -1 : at + text.length;
    }

    /** The decimal number there, after any spaces. */
    public long number(int from) {
        int at = from;
        while (bytes[at] == ' ') {
            at++;
        }
        long number = 0;
        for (; at < filled && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            number = 10 * number + bytes[at] - '0';
        }
        return number;
    }

    /** A hash of the bytes from there to the end of the line; never 0. */
    public long hash(int from) {
        long hash = 1_469_598_103_934_665_603L;
        for (int at = from; at < filled && bytes[at] != '\r'; at++) {
            hash = (hash ^ bytes[at]) * 1_099_511_628_211L;
        }
        return hash | 1;
    }

    /** So many bytes from there. */
    public byte[] copy(int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** The body as text. */
    public String text() {
        return new String(bytes, body, end - body, StandardCharsets.UTF_8);
    }

    private boolean matchesIgnoringCase(byte[] name, int from) {
        for (int i = 0; i < name.length; i++) {
            byte found = bytes[from + i];
            if ((found >= 'A' && found <= 'Z' ? found + 32 : found) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private int find(byte[] text, int from, int to) {
        for (int at = from; at + text.length <= to; at++) {
            if (bytes[at] == text[0] && Arrays.equals(bytes, at, at + text.length, text, 0, text.length)) {
                return at;
            }
        }
        return -1;
    }

    /** The bytes of a text of ASCII. */
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
