// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/** Bytes as Base64 (RFC 4648 §4) while they are read. For one thread. */
final class Base64Stream extends InputStream {
    /** Whole groups of three, so that only the end is padded. */
    private static final int PIECE = 3 * 4096;

    private final InputStream bytes;
    private byte[] encoded = new byte[0];
    private int at;
    private boolean ended;

    Base64Stream(InputStream bytes) {
        this.bytes = bytes;
    }

    /** How long so many bytes become. */
    static long length(long bytes) {
        return (bytes + 2) / 3 * 4;
    }

    @Override
    public int read() throws IOException {
        return fill() ? encoded[at++] : -1;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(most, encoded.length - at);
        System.arraycopy(encoded, at, into, from, count);
        at += count;
        return count;
    }

    private boolean fill() throws IOException {
        if (at == encoded.length && !ended) {
            byte[] piece = bytes.readNBytes(PIECE);
            ended = piece.length < PIECE;
            encoded = Base64.getEncoder().encode(piece);
            at = 0;
        }
        return at < encoded.length;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
