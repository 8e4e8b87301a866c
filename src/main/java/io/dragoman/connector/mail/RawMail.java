// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects a mail's bytes up to a limit. */
final class RawMail extends OutputStream {
    /** Enough for any real header. */
    private static final int LARGEST_HEADER = 256 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
    private final long limit;

    RawMail(long limit) {
        this.limit = limit;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (bytes.size() + (long) length > limit) {
            throw new TooLarge();
        }
        bytes.write(source, offset, length);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** A mail's bytes; null when there are more than {@code limit}. */
    static byte @Nullable [] read(InputStream in, long limit) throws IOException {
        RawMail mail = new RawMail(limit);
        try {
            in.transferTo(mail);
            return mail.bytes();
        } catch (TooLarge e) {
            return null;
        }
    }

    /** Only a mail's header, blank line included. */
    static byte[] header(InputStream in) throws IOException {
        byte[] start = in.readNBytes(LARGEST_HEADER);
        return Arrays.copyOf(start, MimeHeaders.read(start, 0, start.length).bodyStart());
    }

    /** More bytes than wanted. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
