// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Polled;
import io.dragoman.connector.TransportFailure;
import io.dragoman.simulator.Answering;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.Simulator.Delivered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The same of a connector that is polled alone and sends by a protocol of its own. Thread-safe. */
final class LinePolledSample extends PolledSample implements LineSample, ReceiptSample, AnsweredSample {
    private final Simulator simulator;
    private final URI customers;
    private final AtomicInteger accounts = new AtomicInteger();
    private final MailWire mail;
    private @Nullable Account sender;
    private @Nullable Told told;

    /** @param customers where customers of the simulator write */
    LinePolledSample(Connector connector, Simulator simulator, URI customers, Clock clock) {
        super(connector, simulator, customers, clock);
        this.simulator = simulator;
        this.customers = customers;
        mail = new MailWire(Sending.PATIENCE, clock);
    }

    @Override
    public Answering provider() {
        return (Answering) simulator;
    }

    @Override
    Map<String, String> texts(URI provider) {
        Map<String, String> texts = super.texts(provider);
        texts.putAll(provider().more());
        return texts;
    }

    @Override
    ContractTransport wire() {
        return mail;
    }

    @Override
    public Account fresh() {
        return another(Map.of());
    }

    @Override
    public Account impatient() {
        return another(provider().impatient());
    }

    @Override
    public Account unreachable() {
        Map<String, String> ports = new java.util.TreeMap<>();
        String closed = String.valueOf(closedPort());
        texts(usualProvider()).keySet().stream()
                .filter(name -> name.equals("port") || name.endsWith(".port"))
                .forEach(name -> ports.put(name, closed));
        return another(ports);
    }

    private static int closedPort() {
        try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return port.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Account another(Map<String, String> more) {
        Map<String, String> texts = texts(usualProvider());
        texts.putAll(more);
        Account account = account(texts);
        String id = account.id() + "-" + accounts.incrementAndGet();
        return new Account(account.side(), id, account.kind(), account.values(), false, account.home());
    }

    @Override
    public String address() {
        return simulator.address(SimulatorSample.CUSTOMER).orElse(SimulatorSample.CUSTOMER);
    }

    @Override
    public Line open(Account account) throws TransportFailure {
        PollLine line = PollLine.open((Polled) connector(), account, mail);
        return line::close;
    }

    @Override
    public Outcome send(Account account, ToCustomer message) {
        return ((Channel) connector()).send(account, message, mail);
    }

    @Override
    public Answered answered(String customer, String another, String text) throws Exception {
        Account account = fresh();
        try (PollLine line = PollLine.open((Polled) connector(), account, mail)) {
            String address = writes(line, customer);
            writes(line, another);
            int before = simulator.delivered().size();
            Outcome outcome = send(account, Sending.answer(address, text));
            Lines.await(() -> simulator.delivered().size() > before);
            List<Delivered> all = simulator.delivered();
            return new Answered(outcome, all.subList(before, all.size()));
        }
    }

    @Override
    public synchronized Account sender() {
        Account before = sender;
        if (before == null) {
            before = fresh();
            sender = before;
        }
        return before;
    }

    /** Once for all checks: each of them reads it anew. */
    @Override
    public synchronized Told told() throws Exception {
        Told before = told;
        if (before == null) {
            before = tell();
            told = before;
        }
        return before;
    }

    private Told tell() throws Exception {
        Account account = sender();
        try (PollLine line = PollLine.open((Polled) connector(), account, mail)) {
            line.forget();
            int before = simulator.delivered().size();
            Outcome outcome = send(account, Sending.message(address(), SendSample.SENT_CANARY));
            Lines.await(() -> simulator.delivered().size() > before);
            List<Delivered> all = simulator.delivered();
            all.subList(before, all.size()).forEach(reached -> simulator.receipts(customers, reached));
            return new Told(outcome, line.until(request -> ReceiptChecks.tells(events(account, request))));
        }
    }
}
