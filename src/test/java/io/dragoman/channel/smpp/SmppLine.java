// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.Account.Installation;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import io.dragoman.simulator.smpp.SmppSimulator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A gateway as the connector sees it: it polls, commits, and keeps what was committed. For one thread that polls. */
final class SmppLine implements AutoCloseable {
    final Smpp smpp = new Smpp();
    final Account account;
    TestPollContext context;
    String position = "";
    /** What is stored, as far as it was committed. */
    final List<CustomerEvent> events = new ArrayList<>();
    /** What the last batch told the operator. */
    String problem;

    SmppLine(Map<String, String> settings) {
        this(account(settings), "");
    }

    static Account account(Map<String, String> texts) {
        Map<String, String> all = new HashMap<>();
        for (Setting<?> setting : SmppSettings.all()) {
            if (setting.fallback() != null) {
                all.put(setting.name(), setting.fallback());
            }
        }
        all.putAll(texts);
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : SmppSettings.all()) {
            if (all.containsKey(setting.name())) {
                values.put(setting.name(), setting.parser().apply(all.get(setting.name())));
            }
        }
        return new Account(
                Side.CHANNEL,
                "sms",
                "smpp",
                values,
                false,
                new Installation(URI.create("https://gw.example"), new Secret("0123456789abcdef")));
    }

    /** Polls once without a commit. */
    Batch poll() throws TransportFailure {
        Batch batch = smpp.poll(account, position, new PlainTransport(), context);
        problem = batch.problem();
        return batch;
    }

    /** Polls and commits until something is so. */
    void until(BooleanSupplier there) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it does not come to pass; stored: " + events.size());
            }
            commit(poll());
        }
    }

    /** The same while the SMS centre may be away. */
    void untilThough(BooleanSupplier there) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it does not come to pass");
            }
            try {
                commit(poll());
            } catch (TransportFailure e) {
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    void commit(Batch batch) throws Exception {
        for (Request request : batch.requests()) {
            for (CustomerEvent event : smpp.read(account, Signature.polled(request))) {
                if (events.stream().noneMatch(known -> known.key().equals(event.key()))) {
                    events.add(event);
                }
            }
        }
        position = batch.position();
    }

    /** Ends as a gateway does that is stopped, with the commit of its last batch. */
    void stop() throws Exception {
        context.stop();
        commit(poll());
    }

    /** Waits without a poll: the centre learns of the end a moment later. */
    void awaitEnd(SmppSimulator centre) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (centre.logins() > 0) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still logged in: " + centre.logins());
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** The process ends: nothing in memory is left. */
    SmppLine restarted() {
        SmppLine next = new SmppLine(account, position);
        next.events.addAll(events);
        return next;
    }

    SmppLine(Account account, String position) {
        this.account = account;
        this.position = position;
        context = new TestPollContext(Duration.ofMillis(20));
    }

    List<String> texts() {
        return events.stream()
                .filter(CustomerEvent.MessageReceived.class::isInstance)
                .map(event -> ((CustomerEvent.MessageReceived) event).parts().get(0))
                .map(part -> part instanceof Part.Text text ? text.text() : part.toString())
                .toList();
    }

    List<CustomerEvent.Receipt> receipts() {
        return events.stream()
                .filter(CustomerEvent.Receipt.class::isInstance)
                .map(CustomerEvent.Receipt.class::cast)
                .toList();
    }

    Outcome send(String key, String to, String text) {
        ToCustomer message =
                new ToCustomer(key, key, "c-1", to, List.of(new Part.Text(text)), null, null, List.of(), "Mara", false);
        return smpp.send(account, message, new PlainTransport() {
            @Override
            public Clock clock() {
                return context.clock;
            }
        });
    }

    @Override
    public void close() {
        context.stop();
    }
}
