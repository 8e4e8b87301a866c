// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import io.dragoman.connector.Account;
import io.dragoman.connector.AgentTyping;
import io.dragoman.connector.Connector;
import io.dragoman.connector.CustomerTyping;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Served;
import io.dragoman.connector.TypingIndicator;
import io.dragoman.connector.TypingSource;
import io.dragoman.connector.Verified;
import io.dragoman.intake.EventReader.Reading;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.ChatMoved;
import io.dragoman.model.Event;
import io.dragoman.model.Hashes;
import io.dragoman.model.Ignored;
import io.dragoman.store.Events.Arrived;
import io.dragoman.store.Events.Taken;
import io.dragoman.store.IgnoredEvents;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import io.dragoman.work.AsyncProcessors;
import io.dragoman.work.ChannelActivity;
import io.dragoman.work.FeedWatch;
import io.dragoman.work.IgnoredCounter;
import io.dragoman.work.StepInput;
import io.dragoman.work.Traces;
import io.dragoman.work.TypingSink;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is authentic and commits raw bytes and events together. The exchange goes on only after the commit. What
 * cannot be read is stored as one dead event with its reason; the sender still gets its acknowledgement.
 */
public final class StoreEvents extends AsyncProcessorSupport implements AsyncProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(StoreEvents.class);

    private final Store store;
    private final EventReader reader;
    private final LargeBodies largeBodies;
    private final Supplier<String> ids;
    private final Clock clock;
    private final MeterRegistry meters;
    private final IgnoredCounter ignored;
    private final ChannelActivity activity;
    private final FeedWatch feedWatch;
    private final TypingSink typing;
    private final Traces traces;

    /** @param typing gets what desks and channels tell of typing */
    public StoreEvents(
            Store store,
            EventReader reader,
            LargeBodies largeBodies,
            Supplier<String> ids,
            Clock clock,
            MeterRegistry meters,
            IgnoredCounter ignored,
            ChannelActivity activity,
            FeedWatch feedWatch,
            TypingSink typing,
            Traces traces) {
        this.store = store;
        this.reader = reader;
        this.largeBodies = largeBodies;
        this.ids = ids;
        this.clock = clock;
        this.meters = meters;
        this.ignored = ignored;
        this.activity = activity;
        this.feedWatch = feedWatch;
        this.typing = typing;
        this.traces = traces;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Arrival.Authentic authentic = StepInput.of(exchange, Arrival.Authentic.class);
        Arrival arrival = authentic.arrival();
        if (isTyping(arrival, authentic.verified(), exchange)) {
            callback.done(true);
            return true;
        }
        CompletableFuture<Stored> stored;
        List<Arrived> arrived = new ArrayList<>(authentic.verified().size());
        try {
            for (Verified verified : authentic.verified()) {
                read(arrival, verified, arrived);
            }
            stored = take(arrival, arrived);
        } catch (RuntimeException | IOException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        return AsyncProcessors.when(stored, exchange, callback, ended -> {
            Taken count = ended.taken();
            ended.dead().forEach(LOG::warn);
            ended.fed().forEach(address -> feedWatch.changed(arrival.account().id(), address));
            count(arrival.account(), count);
            ended.fresh().forEach((source, events) -> trace(arrival, source, events));
            count.ignored().forEach(ignored::count);
            exchange.getMessage()
                    .setBody(new Arrival.Stored(arrival, count.fresh(), count.duplicates(), unread(arrived)));
        });
    }

    /** What is of the moment is passed on, and leaves nothing in the store. */
    private boolean isTyping(Arrival arrival, List<Verified> verified, Exchange exchange) {
        if (verified.size() != 1) {
            return false;
        }
        String unread = null;
        try {
            if (!passOn(arrival, verified.get(0))) {
                return false;
            }
        } catch (MalformedPayload e) {
            unread = e.getMessage();
        }
        exchange.getMessage().setBody(new Arrival.Stored(arrival, 0, 0, unread));
        return true;
    }

    private boolean passOn(Arrival arrival, Verified verified) throws MalformedPayload {
        Connector connector = arrival.addressed().connector();
        Account account = arrival.account();
        if (connector instanceof TypingIndicator desk) {
            Optional<AgentTyping> told = desk.typing(verified);
            told.ifPresent(agent -> typing.agent(account.id(), agent));
            return told.isPresent();
        }
        if (connector instanceof TypingSource channel) {
            Optional<CustomerTyping> told = channel.customerTyping(account, verified);
            told.ifPresent(customer -> typing.customer(account.id(), customer));
            return told.isPresent();
        }
        return false;
    }

    /**
     * What the store has of a request.
     *
     * @param dead what could not be read, each as the log says it
     * @param fed the addresses whose feeds have something new
     * @param fresh the ids of the new events, by the channel or desk that they came from
     */
    private record Stored(Taken taken, List<String> dead, Set<String> fed, Map<String, List<String>> fresh) {}

    private CompletableFuture<Stored> take(Arrival arrival, List<Arrived> arrived) {
        if (arrived.isEmpty() && arrival.read() == null) {
            return CompletableFuture.completedFuture(new Stored(new Taken(0, 0), List.of(), Set.of(), Map.of()));
        }
        long now = clock.millis();
        return store.takeIn(tx -> takeAll(tx, arrival, arrived, now));
    }

    private Stored takeAll(Tx tx, Arrival arrival, List<Arrived> arrived, long now) {
        int fresh = 0;
        int duplicates = 0;
        List<IgnoredEvents.Named> named = new ArrayList<>();
        List<String> dead = new ArrayList<>();
        Set<String> fed = new HashSet<>();
        Map<String, List<String>> ofSources = new HashMap<>();
        for (Arrived one : arrived) {
            List<String> made = new ArrayList<>();
            Taken taken = tx.events().take(one, noting(made), now);
            ofSources.computeIfAbsent(one.source(), source -> new ArrayList<>()).addAll(made.subList(1, made.size()));
            fresh += taken.fresh();
            duplicates += taken.duplicates();
            named.addAll(taken.ignored());
            feed(tx, arrival, one, fed, now);
            if (one.unread() != null) {
                tx.events()
                        .find(one.source(), Arrived.keyOf(one.sha256()))
                        .map(event -> "intake " + one.source() + ": event " + event.id() + " is kept as dead: "
                                + one.unread())
                        .ifPresent(dead::add);
            }
        }
        Arrival.Read read = arrival.read();
        if (read != null) {
            tx.cursors().set(read.turn(), read.position(), now);
        }
        return new Stored(new Taken(fresh, duplicates, named), dead, fed, ofSources);
    }

    /** New ids, each noted: the first is that of the raw request, the others are those of new events. */
    private Supplier<String> noting(List<String> made) {
        return () -> {
            String id = ids.get();
            made.add(id);
            return id;
        };
    }

    private void trace(Arrival arrival, String source, List<String> events) {
        Request first = arrival.requests().get(0);
        traces.accepted(source, first.origin() == Request.Origin.RECEIVED, events, first.receivedAt());
    }

    /** Who wrote it reads it too, from the same commit on; what is there already stays as it is. */
    private static void feed(Tx tx, Arrival arrival, Arrived arrived, Set<String> fed, long now) {
        if (!(arrival.addressed().connector() instanceof Served served)) {
            return;
        }
        String channel = arrival.account().id();
        for (Event event : arrived.events()) {
            if (event instanceof ChatMoved moved) {
                tx.feeds().move(channel, moved.former(), moved.address());
                fed.addAll(List.of(moved.former(), moved.address()));
            } else if (event instanceof CustomerEvent theirs) {
                served.entry(arrival.account(), theirs)
                        .ifPresent(entry -> fed.add(tx.feeds().append(channel, entry, now)));
            }
        }
    }

    private void read(Arrival arrival, Verified verified, List<Arrived> into) throws IOException {
        Request request = verified.request();
        List<Reading> readings = reader.read(arrival.addressed(), verified);
        if (request.method().equals("GET") && readings.stream().allMatch(StoreEvents::saysNothing)) {
            return; // a handshake: it says nothing and leaves nothing
        }
        byte[] body = request.body();
        String file = largeBodies.keep(body);
        String sha256 = Hashes.sha256Hex(body);
        for (Reading reading : readings) {
            into.add(new Arrived(
                    reading.account(),
                    request,
                    file == null ? body : null,
                    file,
                    sha256,
                    saysNothing(reading) ? List.of(nothing(arrival, request, sha256)) : reading.events(),
                    reading.unread()));
        }
    }

    private static @Nullable String unread(List<Arrived> arrived) {
        return arrived.stream()
                .map(Arrived::unread)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(null);
    }

    /** What connectors themselves have no reason for. */
    private static Ignored nothing(Arrival arrival, Request request, String sha256) {
        String why = "it contains no event for this gateway";
        return new Ignored(Arrived.keyOf(sha256), request.receivedAt(), "nothing", why)
                .of(arrival.account().kind());
    }

    private static boolean saysNothing(Reading reading) {
        return reading.events().isEmpty() && reading.unread() == null;
    }

    private void count(Account account, Taken taken) {
        meters.counter("dragoman.accepted", "channel", account.id()).increment(taken.fresh());
        meters.counter("dragoman.duplicates", "channel", account.id()).increment(taken.duplicates());
        if (taken.fresh() + taken.duplicates() > 0) {
            activity.accepted(account.id(), clock.instant(), taken.fresh(), taken.duplicates());
            LOG.debug("intake {}: {} new, {} known", account.id(), taken.fresh(), taken.duplicates());
        }
    }

    /** Where bodies go that are too large for a row. */
    @FunctionalInterface
    public interface LargeBodies {
        /** The name of the file that holds the body; null when it fits a row. */
        @Nullable
        String keep(byte[] body) throws IOException;
    }
}
