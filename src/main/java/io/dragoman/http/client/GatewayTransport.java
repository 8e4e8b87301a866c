// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.StoredBlob;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.mail.SmtpTransport;
import io.dragoman.model.Reason;
import io.dragoman.store.blob.MediaFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;

/**
 * The one door out, through Camel: HTTP by camel-http, mail by camel-mail. Each request is made from its {@link HttpCall}
 * alone, in an exchange of its own that is thrown away. The context must be started. Thread-safe.
 */
public final class GatewayTransport implements Transport, AutoCloseable {
    /** How many of its timeouts a call may take in all, when every single byte comes in time. */
    private static final int PATIENCE = 4;

    private static final int DOWNLOAD_PATIENCE = 20;

    private final TransportSettings settings;
    private final MediaFiles files;
    private final Function<String, Optional<String>> sha256Of;
    private final Clock clock;
    private final Deadlines deadlines = new Deadlines();
    private final HttpTransport http;
    private final SmtpTransport smtp;
    private final ProducerTemplate routes;

    /**
     * Opens the door.
     *
     * @param sha256Of the name of the kept bytes of stored media, by the media's id
     */
    public GatewayTransport(
            CamelContext camel,
            TransportSettings settings,
            SsrfGuard guard,
            MediaFiles files,
            Function<String, Optional<String>> sha256Of,
            Clock clock) {
        this.settings = settings;
        this.files = files;
        this.sha256Of = sha256Of;
        this.clock = clock;
        this.http = new HttpTransport(camel, settings, guard, deadlines);
        this.smtp = new SmtpTransport(camel, settings.connect(), settings.smtp(), settings.tls(), deadlines.executor());
        this.routes = camel.createProducerTemplate();
    }

    @Override
    public Response http(HttpCall call) throws TransportFailure {
        return follow(call, this::response, PATIENCE);
    }

    @Override
    public Download download(HttpCall call, long largest) throws TransportFailure {
        if (!call.method().equals("GET")) {
            throw new IllegalArgumentException("only a GET is a download");
        }
        try {
            return follow(call, response -> download(response, largest), DOWNLOAD_PATIENCE);
        } catch (TransportFailure e) {
            throw TransportFailure.notSent(
                    e.reason(), e.detail()); // it changed nothing there: trying again is always safe
        }
    }

    @Override
    public StoredBlob keep(InputStream bytes, String mimeType) throws IOException {
        return files.keep(bytes, mimeType, settings.largestMedia());
    }

    @Override
    public InputStream open(String mediaId) throws IOException {
        return files.open(sha256Of.apply(mediaId).orElseThrow(() -> new FileNotFoundException("no media " + mediaId)));
    }

    @Override
    public SmtpReply smtp(SmtpServer server, String envelopeFrom, List<String> to, byte[] mail)
            throws TransportFailure {
        return smtp.send(server, envelopeFrom, to, mail);
    }

    @Override
    public void route(String endpoint, byte[] json) throws TransportFailure {
        Exchange done = routes.send(endpoint, exchange -> exchange.getMessage().setBody(json));
        Exception failure = done.getException();
        if (failure instanceof NoSuchEndpointException || failure instanceof DirectConsumerNotAvailableException) {
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "no route takes what the channel sends");
        } else if (failure != null) {
            throw TransportFailure.maybeSent(
                    Reason.PROVIDER_DOWN,
                    "the route failed with " + failure.getClass().getSimpleName());
        }
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        http.close();
        deadlines.close();
    }

    private <T> T follow(HttpCall call, HttpAttempt.Receiver<T> receiver, int patience) throws TransportFailure {
        HttpCall hop = call;
        for (int left = call.method().equals("GET") ? call.redirects() : 0; ; left--) {
            HttpAttempt<T> attempt = http.send(hop, receiver, patience);
            Optional<URI> next = left > 0 ? attempt.moved(hop.uri()) : Optional.empty();
            if (next.isEmpty()) {
                return attempt.answer();
            }
            hop = Redirect.follow(hop, next.get());
        }
    }

    private Response response(ClassicHttpResponse response) throws IOException {
        return Responses.read(response, settings.largestResponse());
    }

    private Download download(ClassicHttpResponse response, long largest) throws IOException {
        if (response.getCode() < 200 || response.getCode() > 299 || response.getEntity() == null) {
            return new Download.Answered(response(response));
        }
        if (response.getEntity().getContentLength() > largest) {
            return new Download.TooLarge();
        }
        try {
            // not closed here: closing would read a body to its end, however far that is
            StoredBlob kept = files.keep(response.getEntity().getContent(), Responses.mimeType(response), largest);
            if (kept.size() == 0 && Responses.endsWithTheConnection(response)) {
                throw new ConnectionClosedException(); // perhaps in the middle of the headers
            }
            return new Download.Done(kept);
        } catch (MediaFiles.TooLarge e) {
            return new Download.TooLarge();
        } catch (MediaFiles.SourceFailed e) {
            throw e.source();
        }
    }
}
