// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.Account;
import io.dragoman.connector.Budget;
import io.dragoman.connector.FeedEntry;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.StoredBlob;
import io.dragoman.connector.TextSocket;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The same, but each request takes a call first. */
final class CountedTransport implements Transport {
    private final Transport through;
    private final Call call;

    /** A call. */
    interface Call {
        /** Takes it, or says that none is left. */
        void take() throws TransportFailure;

        void ended();
    }

    /** What is done by a call. */
    private interface Done<T> {
        T run() throws TransportFailure;
    }

    private <T> T counted(Done<T> done) throws TransportFailure {
        call.take();
        try {
            return done.run();
        } finally {
            call.ended();
        }
    }

    CountedTransport(Transport through, Call call) {
        this.through = through;
        this.call = call;
    }

    @Override
    public Response http(HttpCall request) throws TransportFailure {
        return counted(() -> through.http(request));
    }

    @Override
    public Download download(HttpCall request, long largest) throws TransportFailure {
        return counted(() -> through.download(request, largest));
    }

    @Override
    public SmtpReply smtp(SmtpServer server, String envelopeFrom, List<String> to, byte[] mail)
            throws TransportFailure {
        return counted(() -> through.smtp(server, envelopeFrom, to, mail));
    }

    @Override
    public TextSocket webSocket(HttpCall request, int largest) throws TransportFailure {
        return counted(() -> through.webSocket(request, largest));
    }

    @Override
    public Transport with(Trust trust) {
        return new CountedTransport(through.with(trust), call);
    }

    @Override
    public StoredBlob keep(InputStream bytes, String mimeType) throws IOException {
        return through.keep(bytes, mimeType);
    }

    @Override
    public InputStream open(String mediaId) throws IOException {
        return through.open(mediaId);
    }

    @Override
    public void publish(Account account, FeedEntry entry) throws TransportFailure {
        through.publish(account, entry);
    }

    @Override
    public Optional<Budget> spend(Account account, List<Budget> budgets, int uses) throws TransportFailure {
        return through.spend(account, budgets, uses);
    }

    @Override
    public void refund(Account account, List<Budget> budgets, int uses) throws TransportFailure {
        through.refund(account, budgets, uses);
    }

    @Override
    public void route(String endpoint, byte[] json) throws TransportFailure {
        through.route(endpoint, json);
    }

    @Override
    public Clock clock() {
        return through.clock();
    }

    @Override
    public AccessTokens tokens() {
        return through.tokens();
    }
}
