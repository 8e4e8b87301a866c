// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.connector.Batch;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.Pieces;
import io.dragoman.model.Hashes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of an account bring, on its way to the store. A message is answered with ESME_ROK only when the next
 * poll shows that its batch was committed, else the SMS centre is to bring it again. Sessions put in, one thread takes out.
 */
final class Inbound implements Bind.Arrivals {
    /** With the largest message_payload each, some 25 MB. */
    private static final int MOST_WAITING = 200;

    private static final int MOST_IN_BATCH = 200;
    private static final long LOOK_MILLIS = 200;

    private final Clock clock;
    private final BlockingQueue<Arrival> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Redeliveries redeliveries = new Redeliveries();
    private List<Arrival> handedOut = List.of();
    private long handedIn;

    Inbound(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean take(Bind bind, ShortMessage message, Arrival.Answer answer) {
        return queue.offer(new Arrival(bind, message, answer, clock.instant()));
    }

    /** Answers what the last batch held, by whether its position was committed. */
    void answer(String position) {
        boolean committed = SmppPosition.read(position).batch() == handedIn;
        Instant now = clock.instant();
        handedOut.forEach(committed ? arrival -> arrival.take(now) : Arrival::refuse);
        handedOut = List.of();
    }

    /** Has everything brought again that is in no batch. */
    void refuseAll() {
        List<Arrival> all = new ArrayList<>();
        queue.drainTo(all);
        all.forEach(Arrival::refuse);
    }

    /** What is left to be stored when the sessions have ended. */
    Batch last(String position) {
        return batch(SmppPosition.read(position), position, List.of());
    }

    /** Waits for news and makes a batch of it; comes back early when {@code interrupted} says so. */
    Batch next(String position, PollContext context, BooleanSupplier interrupted) {
        SmppPosition from = SmppPosition.read(position);
        long deadline = System.nanoTime() + context.limit().toNanos();
        while (true) {
            List<Arrival> arrivals = await(Math.min(LOOK_MILLIS, (deadline - System.nanoTime()) / 1_000_000));
            Batch batch = batch(from, position, arrivals);
            boolean ends = context.stopping() || interrupted.getAsBoolean() || System.nanoTime() >= deadline;
            if (ends || !handedOut.isEmpty() || !batch.position().equals(position)) {
                return batch;
            }
        }
    }

    private List<Arrival> await(long millis) {
        List<Arrival> arrivals = new ArrayList<>();
        try {
            @Nullable Arrival first = queue.poll(Math.max(0, millis), TimeUnit.MILLISECONDS);
            if (first != null) {
                arrivals.add(first);
                queue.drainTo(arrivals, MOST_IN_BATCH - 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        arrivals.removeIf(arrival -> !arrival.isOpen()); // never answered: it comes again
        return arrivals;
    }

    private Batch batch(SmppPosition from, String position, List<Arrival> arrivals) {
        Instant now = clock.instant();
        Set<String> doubtful = redeliveries.open(from.doubtful(), now);
        Pieces<ShortMessage> pieces = new Pieces<>(ShortMessage::place, from.waiting());
        List<Request> requests = new ArrayList<>();
        pieces.overdue(now).forEach(late -> requests.add(request(from, requests.size(), late, now)));
        for (Arrival arrival : arrivals) {
            if (arrival.message.isReceipt()) { // the same receipt is the same event
                requests.add(request(from, requests.size(), List.of(arrival.message), arrival.at));
            } else if (!redeliveries.isAgain(arrival, doubtful)) {
                pieces.add(arrival.message, arrival.at)
                        .forEach(whole -> requests.add(request(from, requests.size(), whole, arrival.at)));
            }
        }
        List<String> stored = Redeliveries.stored(doubtful);
        boolean same = arrivals.isEmpty() && requests.isEmpty() && stored.equals(from.doubtful());
        if (same) {
            return new Batch(List.of(), position);
        }
        handedOut = arrivals;
        handedIn = from.batch() + 1;
        return new Batch(requests, new SmppPosition(handedIn, pieces.waiting(), stored).write());
    }

    private static Request request(SmppPosition from, int index, List<ShortMessage> pieces, Instant at) {
        String key = Hashes.sha256Hex(pieces.get(0).fingerprint() + "|" + from.batch() + "|" + index);
        return new WholeMessage(key.substring(0, 40), pieces).request(at);
    }
}
