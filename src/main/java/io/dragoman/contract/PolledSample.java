// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Connector;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.CustomerEvent.WrittenMessage;
import io.dragoman.model.Event;
import io.dragoman.simulator.Simulator;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connector that nobody posts to by its simulator: a customer writes there, and a poll brings it, as
 * a gateway polls and commits. What was brought once stays the sample. Thread-safe.
 */
class PolledSample extends SimulatedAccount implements ReadSample {
    private final Simulator simulator;
    private final URI customers;
    private final Clock clock;
    private @Nullable Request brought;

    /** @param customers where customers of the simulator write */
    PolledSample(Connector connector, Simulator simulator, URI customers, Clock clock) {
        super(connector, simulator);
        this.simulator = simulator;
        this.customers = customers;
        this.clock = clock;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public synchronized byte[] recorded() {
        if (brought == null) {
            brought = bring();
        }
        return brought.body();
    }

    @Override
    public synchronized Request signed(byte[] body) {
        recorded();
        String place = brought == null ? "" : brought.path();
        return Request.polled(place, body, clock.instant());
    }

    @Override
    public List<String> lanes() {
        return List.of(); // ids are the simulator's own
    }

    /** Only what came from there is what a customer wrote: a login may bring more. */
    private Request bring() {
        try (PollLine line = PollLine.open((Polled) connector(), account(), wire())) {
            line.forget();
            simulator.customerWrites(customers, SimulatorSample.CUSTOMER, CANARY);
            return line.first("what a customer wrote");
        } catch (TransportFailure e) {
            throw new CheckFailed("a poll that fails: " + e.detail(), "a poll of the simulator");
        }
    }

    /** Where an answer goes to a customer who has just written. */
    final String writes(PollLine line, String customer) {
        line.forget();
        simulator.customerWrites(customers, customer, CANARY);
        List<Request> brought = line.until(request -> address(request).isPresent());
        return brought.stream()
                .flatMap(request -> address(request).stream())
                .findFirst()
                .orElseThrow(() -> new CheckFailed("no message by polls of 30 s", "what a customer wrote"));
    }

    private Optional<String> address(Request request) {
        return events(account(), request).stream()
                .filter(WrittenMessage.class::isInstance)
                .map(event -> ((WrittenMessage) event).customer().address())
                .findFirst();
    }

    /** What is read of a request; nothing where that fails, which other checks find. */
    final List<? extends Event> events(Account account, Request request) {
        try {
            return Webhooks.read(this, account, request);
        } catch (AuthenticationFailed | MalformedPayload e) {
            return List.of();
        }
    }

    /** One that may be asked again and again. */
    ContractTransport wire() {
        return new ContractTransport(Sending.PATIENCE, clock);
    }
}
