// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

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
import io.dragoman.connector.tls.TrustContext;
import io.dragoman.http.client.HttpTransport;
import io.dragoman.http.client.SsrfGuard;
import io.dragoman.http.client.TransportSettings;
import io.dragoman.mail.SmtpTransport;
import io.dragoman.model.Reason;
import io.dragoman.store.StoreException;
import io.dragoman.store.blob.MediaStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;

/**
 * The transport: HTTP, mail, routes of the operator's own and stored media. The context must
 * be started. Thread-safe.
 */
public final class GatewayTransport implements Transport, AutoCloseable {
    private final TransportSettings settings;
    private final SsrfGuard guard;
    private final HttpTransport http;
    private final SmtpTransport smtp;
    /** HTTP for accounts with authorities of their own; few, and idle connections are closed. */
    private final Map<Trust, HttpTransport> trusting = new ConcurrentHashMap<>();

    private final ProducerTemplate routes;
    private final MediaStore files;
    private final long largestMedia;
    private final Function<String, Optional<String>> sha256Of;
    private final BiConsumer<String, FeedEntry> feeds;
    private final Spending spending;
    private final Clock clock;
    private final AccessTokens tokens;

    /** Counts what costs money, and waits for the commit. */
    public interface Spending {
        /** Takes uses of budgets; the first with too few left. */
        Optional<Budget> take(String account, List<Budget> budgets, int uses);

        /** Gives them back. */
        void giveBack(String account, List<Budget> budgets, int uses);

        /** Where no store counts: nothing that has a budget is done. */
        Spending NONE = new Spending() {
            @Override
            public Optional<Budget> take(String account, List<Budget> budgets, int uses) {
                return Optional.of(budgets.get(0));
            }

            @Override
            public void giveBack(String account, List<Budget> budgets, int uses) {
                throw new IllegalStateException("nothing was taken");
            }
        };
    }

    /**
     * @param sha256Of the name of the bytes of stored media, by the media's id
     * @param feeds appends to the feeds of a channel, and waits for the commit
     * @param spending counts against budgets, and waits for the commit
     */
    public GatewayTransport(
            CamelContext camel,
            TransportSettings settings,
            SsrfGuard guard,
            MediaStore files,
            Function<String, Optional<String>> sha256Of,
            BiConsumer<String, FeedEntry> feeds,
            Spending spending,
            AccessTokens tokens,
            Clock clock) {
        this.settings = settings;
        this.guard = guard;
        this.http = new HttpTransport(settings, guard);
        this.smtp = new SmtpTransport(camel, settings.connect(), settings.smtp(), clock);
        this.routes = camel.createProducerTemplate();
        this.files = files;
        this.largestMedia = settings.largestMedia();
        this.sha256Of = sha256Of;
        this.feeds = feeds;
        this.spending = spending;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Response http(HttpCall call) throws TransportFailure {
        return http.http(call);
    }

    @Override
    public TextSocket webSocket(HttpCall call, int largest) throws TransportFailure {
        return http.webSocket(call, largest);
    }

    @Override
    public Download download(HttpCall call, long largest) throws TransportFailure {
        return http.download(call, largest, files);
    }

    @Override
    public StoredBlob keep(InputStream bytes, String mimeType) throws IOException {
        return files.keep(bytes, mimeType, largestMedia);
    }

    @Override
    public InputStream open(String mediaId) throws IOException {
        return files.open(sha256Of.apply(mediaId).orElseThrow(() -> new FileNotFoundException("no media " + mediaId)));
    }

    @Override
    public SmtpReply smtp(SmtpServer server, String envelopeFrom, List<String> to, byte[] mail)
            throws TransportFailure {
        return smtp.send(server, envelopeFrom, to, mail, settings.tls());
    }

    @Override
    public Transport with(Trust trust) {
        return trust.equals(Trust.SYSTEM) ? this : new Trusting(trust);
    }

    @Override
    public void publish(Account account, FeedEntry entry) throws TransportFailure {
        try {
            feeds.accept(account.id(), entry);
        } catch (StoreException.Busy e) {
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "the store is busy");
        } catch (StoreException e) {
            throw TransportFailure.maybeSent(Reason.PROVIDER_DOWN, "the store did not confirm the entry");
        }
    }

    @Override
    public Optional<Budget> spend(Account account, List<Budget> budgets, int uses) throws TransportFailure {
        try {
            return budgets.isEmpty() ? Optional.empty() : spending.take(account.id(), budgets, uses);
        } catch (StoreException e) {
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "the store did not confirm what is spent");
        }
    }

    @Override
    public void refund(Account account, List<Budget> budgets, int uses) throws TransportFailure {
        try {
            if (!budgets.isEmpty() && uses > 0) {
                spending.giveBack(account.id(), budgets, uses);
            }
        } catch (StoreException e) {
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "the store did not confirm what is given back");
        }
    }

    @Override
    public void route(String endpoint, byte[] json) throws TransportFailure {
        Exchange done = routes.send(endpoint, exchange -> exchange.getMessage().setBody(json));
        Exception failure = done.getException();
        if (failure instanceof Unsendable unsendable) {
            throw TransportFailure.impossible(unsendable.reason(), unsendable.why());
        } else if (failure instanceof NoSuchEndpointException
                || failure instanceof DirectConsumerNotAvailableException) {
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
    public AccessTokens tokens() {
        return tokens;
    }

    @Override
    public void close() {
        http.close();
        trusting.values().forEach(HttpTransport::close);
        smtp.close();
        routes.stop();
    }

    /** The same for an account that trusts others. */
    private final class Trusting implements Transport {
        private final SSLContext tls;
        private final HttpTransport http;

        Trusting(Trust trust) {
            tls = TrustContext.of(trust);
            http = trusting.computeIfAbsent(trust, one -> new HttpTransport(settings.tls(tls), guard));
        }

        @Override
        public Response http(HttpCall call) throws TransportFailure {
            return http.http(call);
        }

        @Override
        public TextSocket webSocket(HttpCall call, int largest) throws TransportFailure {
            return http.webSocket(call, largest);
        }

        @Override
        public Download download(HttpCall call, long largest) throws TransportFailure {
            return http.download(call, largest, files);
        }

        @Override
        public SmtpReply smtp(SmtpServer server, String envelopeFrom, List<String> to, byte[] mail)
                throws TransportFailure {
            return smtp.send(server, envelopeFrom, to, mail, tls);
        }

        @Override
        public StoredBlob keep(InputStream bytes, String mimeType) throws IOException {
            return GatewayTransport.this.keep(bytes, mimeType);
        }

        @Override
        public InputStream open(String mediaId) throws IOException {
            return GatewayTransport.this.open(mediaId);
        }

        @Override
        public void publish(Account account, FeedEntry entry) throws TransportFailure {
            GatewayTransport.this.publish(account, entry);
        }

        @Override
        public Optional<Budget> spend(Account account, List<Budget> budgets, int uses) throws TransportFailure {
            return GatewayTransport.this.spend(account, budgets, uses);
        }

        @Override
        public void refund(Account account, List<Budget> budgets, int uses) throws TransportFailure {
            GatewayTransport.this.refund(account, budgets, uses);
        }

        @Override
        public void route(String endpoint, byte[] json) throws TransportFailure {
            GatewayTransport.this.route(endpoint, json);
        }

        @Override
        public Clock clock() {
            return clock;
        }

        @Override
        public AccessTokens tokens() {
            return tokens;
        }
    }
}
