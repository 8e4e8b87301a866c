// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.StoredBlob;
import io.dragoman.connector.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Gives one recorded answer and keeps what was asked; nothing leaves the machine. For one thread. */
final class CannedTransport implements Transport {
    private final Response answer;
    private final Instant now;
    private final List<HttpCall> calls = new ArrayList<>();

    CannedTransport(Response answer, Instant now) {
        this.answer = answer;
        this.now = now;
    }

    /** The request that was made. */
    HttpCall call() throws CaseFailed {
        if (calls.size() != 1) {
            throw new CaseFailed("made " + calls.size() + " requests instead of one");
        }
        return calls.get(0);
    }

    @Override
    public Response http(HttpCall call) {
        calls.add(call);
        return answer;
    }

    @Override
    public Download download(HttpCall call, long largest) {
        throw new UnsupportedOperationException("a case downloads nothing");
    }

    @Override
    public StoredBlob keep(InputStream bytes, String mimeType) throws IOException {
        throw new IOException("a case keeps nothing");
    }

    @Override
    public InputStream open(String mediaId) throws IOException {
        throw new IOException("a case has no media");
    }

    @Override
    public SmtpReply smtp(SmtpServer server, String envelopeFrom, List<String> to, byte[] mail) {
        throw new UnsupportedOperationException("a case sends no mail");
    }

    @Override
    public Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
