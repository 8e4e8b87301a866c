// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.Account.Installation;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PemFile;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Part;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A gateway as the connector sees it: a thread polls, commits, and keeps what was committed. */
final class XmppLine implements AutoCloseable {
    final Xmpp xmpp = new Xmpp();
    final Account account;
    final TestPollContext context = new TestPollContext(Duration.ofSeconds(1));
    /** What is stored, as far as it was committed: each event once. */
    final List<CustomerEvent> events;
    /** The same as it came. */
    final List<CustomerEvent> all = new CopyOnWriteArrayList<>();

    final List<TransportFailure> failures = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile String position;
    /** Whether batches are lost before their commit, as by a crash. */
    private volatile boolean crashed;

    private final AtomicInteger handedOut = new AtomicInteger();

    XmppLine(Account account) {
        this(account, "", new CopyOnWriteArrayList<>());
    }

    /** Starts from a place. */
    XmppLine(Account account, String position, List<CustomerEvent> events) {
        this.account = account;
        this.position = position;
        this.events = events;
        events.forEach(event -> context.taken.add(event.key()));
        thread = new Thread(this::run, "xmpp-line");
        thread.setDaemon(true);
        thread.start();
    }

    static Account account(Map<String, String> texts) {
        Map<String, String> all = new HashMap<>();
        for (Setting<?> setting : XmppSettings.all()) {
            if (setting.fallback() != null) {
                all.put(setting.name(), setting.fallback());
            }
        }
        all.putAll(texts);
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : XmppSettings.all()) {
            if (all.containsKey(setting.name())) {
                values.put(setting.name(), setting.parser().apply(all.get(setting.name())));
            }
        }
        if (texts.containsKey("tls.ca")) {
            values.put("tls.ca", PemFile.read(texts.get("tls.ca"), Path.of("")));
        }
        return new Account(
                Side.CHANNEL,
                "chat",
                "xmpp",
                values,
                false,
                new Installation(URI.create("https://gw.example"), new Secret("0123456789abcdef")));
    }

    private void run() {
        while (!context.stopping()) {
            try {
                Batch batch = xmpp.poll(account, position, new PlainTransport(), context);
                handedOut.addAndGet(crashed ? batch.requests().size() : 0);
                if (!crashed) {
                    commit(batch);
                }
            } catch (TransportFailure e) {
                failures.add(e);
                LockSupport.parkNanos(20_000_000);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private void commit(Batch batch) throws Exception {
        for (Request request : batch.requests()) {
            for (CustomerEvent event : xmpp.read(account, Signature.polled(request))) {
                all.add(event);
                if (events.stream().noneMatch(known -> known.key().equals(event.key()))) {
                    events.add(event);
                    context.taken.add(event.key());
                }
            }
        }
        position = batch.position();
    }

    /** What was committed last. */
    String position() {
        return position;
    }

    /** How much was to be stored since the crash. */
    int handedOut() {
        return handedOut.get();
    }

    /** From now on nothing is committed. */
    void crash() {
        crashed = true;
    }

    /** The process is gone, with its connection and all that was in memory; another starts with what is stored. */
    XmppLine restarted(CutProxy way) {
        crashed = true;
        way.cut();
        stop();
        return new XmppLine(account, position, events);
    }

    static void await(String what, BooleanSupplier there) {
        await(what, List.of(), there);
    }

    private static void await(String what, List<?> problems, BooleanSupplier there) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what + " "
                        + problems.stream().limit(3).toList());
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** Waits until the stream is there and messages come by it. */
    XmppLine online() {
        await("the stream", failures, () -> {
            HeldStream held = xmpp.held(account);
            LiveStream live = held == null ? null : held.open();
            return live != null && live.isCaughtUp();
        });
        return this;
    }

    /** The stream that is open now. */
    XmppStream stream() {
        return xmpp.held(account).open().stream;
    }

    List<String> texts() {
        return events.stream()
                .filter(MessageReceived.class::isInstance)
                .map(event -> ((MessageReceived) event).parts().get(0))
                .map(part -> part instanceof Part.Text text ? text.text() : part.toString())
                .toList();
    }

    <T extends CustomerEvent> List<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static ToCustomer message(String key, String user, Part part) {
        String to = user.contains("@") ? user : user + "@" + XmppServer.DOMAIN;
        return new ToCustomer(key, key, "c-1", to, List.of(part), null, null, List.of(), "Mara", false);
    }

    Outcome send(String key, String to, String text) {
        return xmpp.send(account, message(key, to, new Part.Text(text)), new PlainTransport());
    }

    /** Ends in order. */
    void stop() {
        context.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
