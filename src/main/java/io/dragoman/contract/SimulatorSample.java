// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Connector;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.Request;
import io.dragoman.model.Json;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.UrlEncoded;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connector by its simulator, which shares no code with it: the account of somebody who uses it, what
 * it posts, and any body as it would post it. Its webhooks go nowhere. Thread-safe.
 */
class SimulatorSample extends SimulatedAccount implements WebhookSample {
    /** A number serves every provider as a customer's name. */
    static final String CUSTOMER = "+4915550101";

    private final HttpSimulator simulator;
    private final Clock clock;
    private final List<HttpRequest> all = new ArrayList<>();
    private @Nullable HttpRequest caught;

    SimulatorSample(Connector connector, HttpSimulator simulator, Clock clock) {
        super(connector, simulator);
        this.simulator = simulator;
        this.clock = clock;
        simulator.courier(this::caught);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public synchronized byte[] recorded() {
        simulator.customerPosts(account().callback(), CUSTOMER, CANARY);
        byte[] body = simulator.opened(Published.bytes(taken()));
        return body.length == 0 ? CANARY.getBytes(StandardCharsets.UTF_8) : body;
    }

    @Override
    public synchronized Request signed(byte[] body) {
        simulator.brings(account().callback(), body);
        return request(taken());
    }

    private Request request(HttpRequest request) {
        Map<String, String> headers = new TreeMap<>();
        request.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        String query = request.uri().getRawQuery();
        return new Request(
                Request.Origin.RECEIVED,
                request.method(),
                account().path(),
                query == null ? "" : query,
                headers,
                Published.bytes(request), // encrypted where its provider encrypts
                clock.instant().truncatedTo(ChronoUnit.MILLIS)); // as it is stored
    }

    @Override
    public List<String> lanes() {
        return List.of(); // ids are the simulator's own
    }

    @Override
    public List<String> proof() {
        return simulator.proof().orElseThrow().headers();
    }

    @Override
    public List<String> proofParameters() {
        return simulator.proof().orElseThrow().parameters();
    }

    @Override
    public boolean provesBody() {
        return simulator.proof().orElseThrow().body();
    }

    /** Of a form each name with its values counts. */
    @Override
    public boolean meansTheSame(Request request) {
        if (!request.header("content-type").orElse("").startsWith("application/x-www-form-urlencoded")) {
            return false;
        }
        HttpRequest before = last();
        return before != null && fields(request.body()).equals(fields(Published.bytes(before)));
    }

    @Override
    public Jwks jwks() {
        return simulator.keys().flatMap(SimulatorSample::keys).orElse(Jwks.NONE);
    }

    private static Optional<Jwks> keys(String published) {
        try {
            return Jwks.of(Json.tree(published.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private synchronized int caught(HttpRequest request) {
        caught = request;
        all.add(request);
        return 200;
    }

    /** Everything that is posted while something is done. */
    final List<Request> posted(Runnable done) {
        synchronized (this) {
            all.clear();
        }
        done.run(); // without the lock: other threads may post
        synchronized (this) {
            return all.stream().map(this::request).toList();
        }
    }

    private synchronized @Nullable HttpRequest last() {
        return caught;
    }

    private HttpRequest taken() {
        HttpRequest request = caught;
        if (request == null) {
            throw new NotApplicable("its simulator posted nothing");
        }
        return request;
    }

    private static Map<String, List<String>> fields(byte[] form) {
        Map<String, List<String>> fields = new TreeMap<>();
        try {
            UrlEncoded read = UrlEncoded.read(new String(form, StandardCharsets.UTF_8));
            read.names().forEach(name -> fields.put(name, read.all(name)));
        } catch (IllegalArgumentException e) {
            fields.put("", List.of(new String(form, StandardCharsets.ISO_8859_1))); // no form
        }
        return fields;
    }
}
