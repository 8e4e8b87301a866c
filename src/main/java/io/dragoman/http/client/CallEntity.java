// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import io.dragoman.connector.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A call's body on its way out. */
final class CallEntity extends AbstractHttpEntity {
    private static final int BUFFER = 8192;

    private final HttpCall.Body body;
    private final Cancellable request;

    CallEntity(HttpCall.Body body, Cancellable request) {
        super(body.contentType(), null, body.length() < 0);
        this.body = body;
        this.request = request;
    }

    @Override
    public long getContentLength() {
        return Math.max(-1, body.length());
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = open()) {
            byte[] buffer = new byte[(int) Math.min(BUFFER, body.length() < 0 ? BUFFER : Math.max(1, body.length()))];
            long left = body.length() < 0 ? Long.MAX_VALUE : body.length();
            while (left > 0) {
                int read = read(in, buffer, (int) Math.min(buffer.length, left));
                if (read < 0 && body.length() >= 0) {
                    // the other side would wait for the rest for ever
                    throw unreadable(new IOException("the body is shorter than announced"));
                }
                if (read < 0) {
                    return;
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private InputStream open() throws Unreadable {
        try {
            return body.source().open();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private int read(InputStream in, byte[] buffer, int most) throws Unreadable {
        try {
            return in.read(buffer, 0, most);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Breaks the connection first, or the rest would be ended in good order and the part taken for the whole. */
    private Unreadable unreadable(IOException cause) {
        request.cancel();
        return new Unreadable(cause);
    }

    @Override
    public InputStream getContent() throws IOException {
        return body.source().open();
    }

    /** Nothing of it needs closing after the request. */
    @Override
    public boolean isStreaming() {
        return false;
    }

    /** Never sent twice. */
    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public void close() {}

    /** Our own side failed: the other got at most an incomplete request, which it must not act upon. */
    static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreadable(IOException cause) {
            super(cause);
        }
    }
}
