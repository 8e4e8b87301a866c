// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import io.dragoman.connector.BrokenConnection;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.tls.CertificateRefused;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/** One request on its way: whether it may have left, and what came back. Belongs to one thread, but for its end. */
final class HttpAttempt<T> {
    /** Where the client's executor finds the attempt. */
    static final String CONTEXT = "io.dragoman.attempt";

    private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);

    private final HttpUriRequestBase request;
    private final Receiver<T> receiver;
    private final long deadline;
    private volatile boolean expired;
    private boolean left;
    private @Nullable T answer;
    private @Nullable String location;
    private @Nullable Exception failure;

    HttpAttempt(HttpUriRequestBase request, Receiver<T> receiver, long deadline) {
        this.request = request;
        this.receiver = receiver;
        this.deadline = deadline;
    }

    HttpUriRequestBase request() {
        return request;
    }

    /** Sends the request and takes what comes back. */
    void run(CloseableHttpClient client) throws IOException {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(CONTEXT, this);
        HttpHost host = new HttpHost(
                request.getScheme(),
                request.getAuthority().getHostName(),
                request.getAuthority().getPort());
        try {
            receive(client.executeOpen(host, request, context));
        } finally {
            // a response read to its end has given its connection back; any other must not be drained
            request.cancel();
        }
    }

    /** From now on it is unknown whether the other side got the request. */
    void leaves() {
        left = true;
    }

    /** Not one byte went out after all. */
    void staysHere() {
        left = false;
    }

    /** Breaks the connection when its time is up; called by another thread. */
    void expire(long nanoTime) {
        if (nanoTime - deadline > 0) {
            expired = true;
            request.cancel();
        }
    }

    private void receive(ClassicHttpResponse response) throws IOException {
        Header header = MOVED.contains(response.getCode()) ? response.getFirstHeader("Location") : null;
        location = header == null ? null : header.getValue();
        answer = receiver.receive(response);
    }

    /** Notes why there is no answer. */
    void failed(Exception failure) {
        this.failure = failure;
    }

    /** Where the other side sends us; empty for an answer that is none, or leads nowhere. */
    Optional<URI> moved(URI from) {
        if (location == null || failure != null) {
            return Optional.empty();
        }
        try {
            URI base = from.getRawPath().isEmpty() ? from.resolve("/") : from; // or "next" would join the host's name
            return Optional.of(base.resolve(location.strip())).filter(target -> target.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    T answer() throws TransportFailure {
        T result = answer;
        if (failure == null && result != null) {
            return result;
        }
        throw failure(failure == null ? new IOException() : failure);
    }

    private TransportFailure failure(Exception cause) {
        String host = request.getAuthority().getHostName();
        if (cause instanceof SsrfGuard.Blocked) {
            return TransportFailure.forbidden(host + " points into a private network");
        }
        if (cause instanceof CallEntity.Unreadable) {
            return TransportFailure.notSent(Reason.MEDIA_REFUSED, host + ": what was to be sent cannot be read");
        }
        if (cause instanceof RuntimeException bug && !expired) {
            throw bug;
        }
        // words of ours: messages can quote addresses, and paths and queries hold secrets
        String detail = CertificateRefused.in(cause)
                .orElseGet(() -> host + ": " + (expired ? "took too long" : BrokenConnection.words(cause)));
        Reason timeout =
                expired || (left && cause instanceof SocketTimeoutException) ? Reason.TIMEOUT : Reason.PROVIDER_DOWN;
        return left ? TransportFailure.maybeSent(timeout, detail) : TransportFailure.notSent(timeout, detail);
    }

    /** What becomes of a response. */
    @FunctionalInterface
    interface Receiver<T> {
        T receive(ClassicHttpResponse response) throws IOException;
    }
}
