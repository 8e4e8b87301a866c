// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Served;
import io.dragoman.model.CustomerEvent.WrittenMessage;
import io.dragoman.model.Event;
import io.dragoman.simulator.Answering;
import io.dragoman.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a channel that is a server itself by its simulated visitors: they come to a server here, which asks
 * the connector what they get as a gateway does, and keeps what is to be taken in. What is sent to them is in feeds, which they read. Thread-safe.
 */
final class VisitorSample extends SimulatedAccount
        implements UserSample, LineSample, ReceiptSample, AnsweredSample, AutoCloseable {
    /** Who reads nothing but the message whose receipts are looked at. */
    private static final String READER = "+4915550103";

    private final Served served;
    private final Simulator visitors;
    private final Clock clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong ids = new AtomicLong();
    private final VisitorFeeds feeds;
    private final List<Request> all = new CopyOnWriteArrayList<>();
    private @Nullable Request caught;
    private @Nullable Told told;
    private volatile Account serving;

    VisitorSample(Connector connector, Simulator visitors, Clock clock) {
        super(connector, visitors);
        this.served = (Served) connector;
        this.visitors = visitors;
        this.clock = clock;
        feeds = new VisitorFeeds(visitors, clock);
        serving = account();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public byte[] recorded() {
        int status = visitors.customerWrites(callback(), SimulatorSample.CUSTOMER, CANARY);
        Expect.that(status / 100 == 2, "a visitor who gets " + status, "one who is served");
        return taken().body();
    }

    /**
     * What the connector refuses before anything is taken in is no request: then it stands in the place of the last one's
     * body, which does not prove it.
     */
    @Override
    public Request signed(byte[] body) {
        Request before = last();
        visitors.brings(callback(), body);
        Request request = taken();
        return request.equals(before) ? Webhooks.with(request, request.headers(), body) : request;
    }

    @Override
    public List<String> lanes() {
        return List.of(); // visitors have ids of the connector's making
    }

    /** What the connector itself put into what it had taken in. */
    @Override
    public List<String> proof() {
        recorded();
        return taken().headers().keySet().stream()
                .filter(name -> !name.equals("content-type"))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Override
    public Optional<Boolean> letsIn(Account account) {
        serving = account; // one check runs after the other
        try {
            int status = visitors.proves(callback(), SimulatorSample.CUSTOMER);
            return status == 0 ? Optional.empty() : Optional.of(status / 100 == 2);
        } finally {
            serving = account();
        }
    }

    @Override
    public Answering provider() {
        return feeds;
    }

    @Override
    public Account fresh() {
        return called("sample-" + ids.incrementAndGet());
    }

    @Override
    public Account impatient() {
        return fresh();
    }

    @Override
    public Account unreachable() {
        return called(VisitorFeeds.GONE);
    }

    private Account called(String id) {
        Account here = account();
        return new Account(here.side(), id, here.kind(), here.values(), false, here.home());
    }

    @Override
    public String address() {
        return writes(SimulatorSample.CUSTOMER);
    }

    /** Where a visitor is answered who has just written. */
    private String writes(String visitor) {
        int before = all.size();
        visitors.customerWrites(callback(), visitor, CANARY);
        return all.stream()
                .skip(before)
                .flatMap(request -> events(request).stream())
                .filter(WrittenMessage.class::isInstance)
                .map(event -> ((WrittenMessage) event).customer().address())
                .findFirst()
                .orElseThrow(() -> new CheckFailed("no message of a visitor who wrote", "what they wrote"));
    }

    private List<? extends Event> events(Request request) {
        try {
            return Webhooks.read(this, request);
        } catch (AuthenticationFailed | MalformedPayload e) {
            return List.of();
        }
    }

    /** Nobody logs in anywhere; but what was sent before is read by then. */
    @Override
    public Line open(Account account) {
        Lines.await(feeds::isRead);
        return () -> {};
    }

    @Override
    public Outcome send(Account account, ToCustomer message) {
        return ((Channel) served).send(account, message, feeds.transport());
    }

    @Override
    public Answered answered(String customer, String another, String text) {
        String address = writes(customer);
        writes(another);
        Lines.await(feeds::isRead);
        int before = visitors.delivered().size();
        Outcome outcome = send(fresh(), Sending.answer(address, text));
        Lines.await(() -> visitors.delivered().size() > before);
        List<Simulator.Delivered> delivered = visitors.delivered();
        return new Answered(outcome, delivered.subList(before, delivered.size()));
    }

    /** Once for all checks: each of them reads it anew. */
    @Override
    public Told told() {
        synchronized (all) { // visitors are served meanwhile
            Told before = told;
            if (before == null) {
                before = tell();
                told = before;
            }
            return before;
        }
    }

    private Told tell() {
        String address = writes(READER);
        int before = all.size();
        ToCustomer message = Sending.message(address, SendSample.SENT_CANARY)
                .step("told-" + ids.incrementAndGet(), Sending.text(SendSample.SENT_CANARY), true);
        Outcome outcome = send(fresh(), message);
        Lines.await(() -> all.stream().skip(before).anyMatch(request -> ReceiptChecks.tells(events(request))));
        return new Told(outcome, all.subList(before, all.size()));
    }

    private URI callback() {
        return URI.create(
                "http://127.0.0.1:" + server.getAddress().getPort() + account().path());
    }

    private synchronized @Nullable Request last() {
        return caught;
    }

    private Request taken() {
        Request request = last();
        if (request == null) {
            throw new NotApplicable("its simulated visitors wrote nothing");
        }
        return request;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (name.equalsIgnoreCase("content-type")
                        || served.headers().stream().anyMatch(name::equalsIgnoreCase)) {
                    headers.put(name, values.get(0));
                }
            });
            String query = exchange.getRequestURI().getRawQuery();
            Request request = new Request(
                    Request.Origin.RECEIVED,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    query == null ? "" : query,
                    headers,
                    exchange.getRequestBody().readAllBytes(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            Served.Content content = served.serve(serving, request, () -> "id-" + ids.incrementAndGet())
                    .content();
            answer(exchange, body(content));
        }
    }

    private synchronized Served.Body body(Served.Content content) {
        if (content instanceof Served.Take take) {
            if (!take.request().path().endsWith("/receipts")) { // those come when they like
                caught = take.request();
            }
            all.add(take.request());
            return take.then();
        }
        return content instanceof Served.Body body
                ? body
                : content instanceof Served.Current current
                        ? current.body()
                        : new Served.Body(200, "text/event-stream", feeds.read(content));
    }

    private static void answer(HttpExchange exchange, Served.Body body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", body.type());
        exchange.sendResponseHeaders(body.status(), body.bytes().length == 0 ? -1 : body.bytes().length);
        if (body.bytes().length > 0) {
            exchange.getResponseBody().write(body.bytes());
        }
    }
}
