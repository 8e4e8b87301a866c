// SPDX-License-Identifier: Apache-2.0
package io.dragoman.outbox;

import io.dragoman.camel.LaneWork;
import io.dragoman.camel.Trace;
import io.dragoman.store.Claimed;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Lanes;
import io.dragoman.store.StoreException;
import io.dragoman.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes deliveries from the outbox's lanes; the attempt is on disk before anything goes out. */
public final class Outbox implements LaneWork {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final Duration LEASE = Duration.ofMinutes(15); // longer than the longest download

    private final String owner;
    private final Clock clock;
    private final RetrySchedule schedule;

    /**
     * Makes the work.
     *
     * @param owner names this process among those that share the store
     */
    public Outbox(String owner, Clock clock, RetrySchedule schedule) {
        this.owner = owner;
        this.clock = clock;
        this.schedule = schedule;
    }

    @Override
    public Lanes.Kind kind() {
        return Lanes.Kind.OUTBOX;
    }

    @Override
    public List<Claimed> claim(Tx tx, int most) {
        long now = clock.millis();
        List<Claimed> heads = new ArrayList<>();
        for (Lanes.Claim claim : tx.lanes().claim(Lanes.Kind.OUTBOX, owner, most, now, LEASE.toMillis())) {
            Optional<Deliveries.Stored> head = tx.deliveries().head(claim);
            if (head.isEmpty()) {
                tx.lanes().release(claim);
            } else if (head.get().nextAt().toEpochMilli() > now) {
                tx.deliveries().await(claim, head.get().nextAt().toEpochMilli());
            } else {
                heads.add(begin(tx, claim, head.get(), now));
            }
        }
        return heads;
    }

    private static Claimed begin(Tx tx, Lanes.Claim claim, Deliveries.Stored delivery, long now) {
        boolean interrupted = delivery.state() == Deliveries.State.SENDING;
        if (interrupted) {
            tx.deliveries()
                    .end(
                            delivery.id(),
                            delivery.attempts(),
                            "uncertain",
                            null,
                            "the process ended during the attempt",
                            null,
                            now);
        }
        tx.deliveries().begin(delivery, now);
        return new Claimed.Delivery(claim, delivery, delivery.attempts() + 1, interrupted);
    }

    @Override
    public void failed(Tx tx, Claimed claimed, Throwable failure) {
        Claimed.Delivery delivery = (Claimed.Delivery) claimed;
        long now = clock.millis();
        if (failure instanceof StoreException.Busy) {
            return; // stopping: the attempt stays open and is taken for interrupted at the next start
        }
        String detail = "sending failed with " + failure.getClass().getSimpleName();
        LOG.error("outbox {}: {}", delivery.stored().id(), Trace.of(failure));
        tx.deliveries().end(delivery.stored().id(), delivery.attempt(), "failed", null, detail, null, now);
        Optional<Duration> wait = schedule.after(delivery.attempt());
        if (wait.isPresent()) {
            tx.deliveries()
                    .retry(
                            delivery.claim(),
                            delivery.stored().id(),
                            null,
                            detail,
                            now + wait.get().toMillis());
        } else {
            tx.deliveries().finish(delivery.claim(), delivery.stored().id(), Deliveries.State.DEAD, null, detail, now);
        }
    }
}
