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
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import io.dragoman.work.AsyncProcessors;
import io.dragoman.work.FeedWatch;
import io.dragoman.work.StepInput;
import io.dragoman.work.TypingSink;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is authentic and commits raw bytes and events together, or appends them to the log that the store is filled
 * from. The exchange goes on only when they are durable. What cannot be read is stored as one dead event with its reason;
 * the sender still gets its acknowledgement.
 */
public final class StoreEvents extends AsyncProcessorSupport implements AsyncProcessor {
    private final Store store;
    private final @Nullable ArrivalLog log;
    private final EventReader reader;
    private final LargeBodies largeBodies;
    private final TakeIn takeIn;
    private final Clock clock;
    private final FeedWatch feedWatch;
    private final TypingSink typing;

    /**
     * @param log what is posted goes through it on its way into the store; null for straight into the store
     * @param typing gets what desks and channels tell of typing
     */
    public StoreEvents(
            Store store,
            @Nullable ArrivalLog log,
            EventReader reader,
            LargeBodies largeBodies,
            TakeIn takeIn,
            Clock clock,
            FeedWatch feedWatch,
            TypingSink typing) {
        this.store = store;
        this.log = log;
        this.reader = reader;
        this.largeBodies = largeBodies;
        this.takeIn = takeIn;
        this.clock = clock;
        this.feedWatch = feedWatch;
        this.typing = typing;
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
            if (log != null && goesThrough(arrival)) {
                return AsyncProcessors.when(log.append(arrived), exchange, callback, done -> exchange.getMessage()
                        .setBody(new Arrival.Stored(arrival, unread(arrived))));
            }
            stored = take(arrival, arrived);
        } catch (RuntimeException | IOException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        return AsyncProcessors.when(stored, exchange, callback, ended -> {
            ended.fed().forEach(address -> feedWatch.changed(arrival.account().id(), address));
            takeIn.committed(arrival.account().id(), arrival.requests(), ended.outcome());
            exchange.getMessage().setBody(new Arrival.Stored(arrival, unread(arrived)));
        });
    }

    /**
     * Whether it goes into the store through the log: what others posted or handed over, and who is not asked for it again
     * by its position. Visitors of a channel that serves them read what they wrote as soon as it is acknowledged.
     */
    private static boolean goesThrough(Arrival arrival) {
        return arrival.read() == null
                && !(arrival.addressed().connector() instanceof Served)
                && arrival.requests().stream()
                        .map(Request::origin)
                        .allMatch(origin -> origin == Request.Origin.RECEIVED || origin == Request.Origin.ROUTE);
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
        exchange.getMessage().setBody(new Arrival.Stored(arrival, unread));
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
     * @param fed the addresses whose feeds have something new
     */
    private record Stored(TakeIn.Outcome outcome, Set<String> fed) {}

    private CompletableFuture<Stored> take(Arrival arrival, List<Arrived> arrived) {
        if (arrived.isEmpty() && arrival.read() == null) {
            return CompletableFuture.completedFuture(new Stored(TakeIn.Outcome.NOTHING, Set.of()));
        }
        long now = clock.millis();
        return store.takeIn(tx -> takeAll(tx, arrival, arrived, now));
    }

    private Stored takeAll(Tx tx, Arrival arrival, List<Arrived> arrived, long now) {
        TakeIn.Outcome outcome = takeIn.apply(tx, arrived, now);
        Set<String> fed = new HashSet<>();
        for (Arrived one : arrived) {
            feed(tx, arrival, one, fed, now);
        }
        Arrival.Read read = arrival.read();
        if (read != null) {
            tx.cursors().set(read.turn(), read.position(), now);
        }
        return new Stored(outcome, fed);
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

    /** Where bodies go that are too large for a row. */
    @FunctionalInterface
    public interface LargeBodies {
        /** The name of the file that holds the body; null when it fits a row. */
        @Nullable
        String keep(byte[] body) throws IOException;
    }
}
