// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.StoredBlob;
import io.dragoman.connector.TextSocket;
import io.dragoman.connector.Transport.Download;
import io.dragoman.connector.TransportFailure;
import io.dragoman.store.blob.MediaStore;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP on Apache HttpClient 5, by two clients: one for what the operator configured, one guarded for all else. A request
 * is made from its {@link HttpCall} alone. Thread-safe.
 */
public final class HttpTransport implements AutoCloseable {
    /** How many of its timeouts a call may take in all, when every single byte comes in time. */
    private static final int TIMEOUTS = 4;

    private static final int DOWNLOAD_TIMEOUTS = 20;

    private final TransportSettings settings;
    private final SsrfGuard guard;
    private final Deadlines deadlines = new Deadlines();
    private final CloseableHttpClient trusted;
    private final CloseableHttpClient guarded;
    private final WebSockets webSockets;
    private volatile boolean closed;

    public HttpTransport(TransportSettings settings, SsrfGuard guard) {
        this.settings = settings;
        this.guard = guard;
        this.trusted = HttpClients.client(settings, SystemDefaultDnsResolver.INSTANCE);
        this.guarded = HttpClients.client(settings, guard);
        this.webSockets = new WebSockets(settings, guard);
    }

    /** Sends one request and reads the whole response, capped. */
    public Response http(HttpCall call) throws TransportFailure {
        return follow(call, this::response, TIMEOUTS);
    }

    /** Opens a WebSocket; {@code largest} is in characters. */
    public TextSocket webSocket(HttpCall call, int largest) throws TransportFailure {
        return webSockets.open(call, largest);
    }

    /**
     * Streams the response of a GET into a file.
     *
     * @param largest in bytes; a larger body is given up
     * @throws TransportFailure never as maybe sent: a GET changes nothing, trying again is always safe
     */
    public Download download(HttpCall call, long largest, MediaStore files) throws TransportFailure {
        if (!call.method().equals("GET")) {
            throw new IllegalArgumentException("only a GET is a download");
        }
        try {
            return follow(call, response -> download(response, largest, files), DOWNLOAD_TIMEOUTS);
        } catch (TransportFailure e) {
            throw e.notSent();
        }
    }

    private <T> T follow(HttpCall call, HttpAttempt.Receiver<T> receiver, int timeouts) throws TransportFailure {
        HttpCall hop = call;
        for (int left = call.method().equals("GET") ? call.redirects() : 0; ; left--) {
            HttpAttempt<T> attempt = send(hop, receiver, timeouts);
            Optional<URI> next = left > 0 ? attempt.moved(hop.uri()) : Optional.empty();
            if (next.isEmpty()) {
                return attempt.answer();
            }
            hop = Redirect.follow(hop, next.get());
        }
    }

    private <T> HttpAttempt<T> send(HttpCall call, HttpAttempt.Receiver<T> receiver, int timeouts)
            throws TransportFailure {
        boolean vouched = call.isTrusted();
        if (!vouched) {
            guard.check(call.uri());
        }
        Duration most = settings.connect().plus(call.timeout().multipliedBy(timeouts));
        HttpAttempt<T> attempt = new HttpAttempt<>(Requests.of(call), receiver, System.nanoTime() + most.toNanos());
        attempt.request().setConfig(config(call));
        deadlines.started(attempt);
        try {
            attempt.run(vouched ? trusted : guarded);
        } catch (IOException e) {
            attempt.failed(e);
        } catch (CancellationException e) { // a thread that is interrupted gets no connection
            attempt.failed(closed ? new ConnectionClosedException() : new ClosedByInterruptException());
        } catch (RuntimeException e) {
            attempt.failed(closed ? new ConnectionClosedException() : e); // a closed client throws what a bug would
        } finally {
            deadlines.ended(attempt);
        }
        return attempt;
    }

    @SuppressWarnings("deprecation") // the only way to have one for each call
    private RequestConfig config(HttpCall call) {
        Duration connect = settings.connect();
        Timeout timeout = Timeout.of(call.timeout());
        return RequestConfig.custom()
                .setConnectTimeout(Timeout.of(connect.compareTo(call.timeout()) < 0 ? connect : call.timeout()))
                .setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout)
                .setConnectionKeepAlive(HttpClients.IDLE)
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .setContentCompressionEnabled(false)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build();
    }

    private Response response(ClassicHttpResponse response) throws IOException {
        return Responses.read(response, settings.largestResponse());
    }

    private Download download(ClassicHttpResponse response, long largest, MediaStore files) throws IOException {
        if (response.getCode() < 200 || response.getCode() > 299 || response.getEntity() == null) {
            return new Download.Answered(response(response));
        }
        if (response.getEntity().getContentLength() > largest) {
            return new Download.TooLarge();
        }
        try {
            // not closed here: closing would read a body to its end, however far that is
            StoredBlob blob = files.keep(response.getEntity().getContent(), Responses.mimeType(response), largest);
            if (blob.size() == 0 && Responses.endsWithTheConnection(response)) {
                throw new ConnectionClosedException(); // perhaps in the middle of the headers
            }
            return new Download.Done(blob);
        } catch (MediaStore.TooLarge e) {
            return new Download.TooLarge();
        } catch (MediaStore.SourceFailed e) {
            throw e.source();
        }
    }

    /** Ends all connections; what is on its way fails. */
    @Override
    public void close() {
        closed = true;
        trusted.close(CloseMode.GRACEFUL);
        guarded.close(CloseMode.GRACEFUL);
        deadlines.close();
    }
}
