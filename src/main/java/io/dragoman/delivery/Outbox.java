// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.store.Attempts.Ending;
import io.dragoman.store.Deliveries;
import io.dragoman.store.FlowKey;
import io.dragoman.store.Lanes;
import io.dragoman.store.LeasedWork;
import io.dragoman.store.Pauses;
import io.dragoman.store.Tx;
import io.dragoman.work.NotBegun;
import io.dragoman.work.RedactedStackTrace;
import io.dragoman.work.WorkSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes deliveries from the outbox's lanes; the attempt is on disk before anything goes out. */
public final class Outbox implements WorkSource {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final Duration LEASE = Duration.ofMinutes(15); // longer than the longest download
    private static final Duration SUSPECTS_WAIT = Duration.ofSeconds(2);
    private static final long TURN_MILLIS = 20;
    /** After so many attempts in a row that ended with the process a delivery is suspect: it is then tried alone. */
    private static final int SUSPECT_AFTER = 2;

    private final String owner;
    private final Clock clock;
    private final RetrySchedule schedule;
    private final CircuitBreakers targets;
    private final Predicate<String> configured;
    private final long suspectsFrom;

    /**
     * @param owner names this process among those that share the store
     * @param configured whether there is a channel or desk of this id now to which this gateway sends; the rest waits
     */
    public Outbox(
            String owner, Clock clock, RetrySchedule schedule, CircuitBreakers targets, Predicate<String> configured) {
        this.owner = owner;
        this.clock = clock;
        this.schedule = schedule;
        this.targets = targets;
        this.configured = configured;
        this.suspectsFrom = clock.millis() + SUSPECTS_WAIT.toMillis();
    }

    @Override
    public Lanes.Kind kind() {
        return Lanes.Kind.OUTBOX;
    }

    @Override
    public void refresh(Tx tx) {
        targets.paused(tx.pauses().all().stream().map(Pauses.Pause::target).collect(Collectors.toSet()));
    }

    @Override
    public int room(String target, int underWay) {
        return configured.test(FlowKey.account(target)) ? targets.room(target, underWay) : 0;
    }

    /** The channels and desks for which deliveries wait although they are not configured. */
    public static Set<String> unconfigured(Tx tx, Predicate<String> configured) {
        return tx.lanes().flows(Lanes.Kind.OUTBOX).stream()
                .map(name -> FlowKey.account(new FlowKey(Lanes.Kind.OUTBOX, name).target()))
                .filter(configured.negate())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Taken claim(Tx tx, FlowKey flow, boolean bulk, int most) {
        long now = clock.millis();
        List<LeasedWork> taken = new ArrayList<>();
        List<Lanes.Claim> claims = tx.lanes().claim(flow, bulk, owner, most, now, LEASE.toMillis());
        Map<String, Deliveries.Stored> heads = tx.deliveries().heads(claims);
        for (Lanes.Claim claim : claims) {
            Deliveries.Stored head = heads.get(claim.lane());
            if (head == null) {
                tx.lanes().release(claim);
            } else if (head.nextAt().toEpochMilli() > now) {
                tx.deliveries().await(claim, head.nextAt().toEpochMilli());
            } else if (suspect(head) && (now < suspectsFrom || taken.stream().anyMatch(LeasedWork::alone))) {
                // the others first, and one suspect at a time
                tx.deliveries().await(claim, Math.max(suspectsFrom, now + TURN_MILLIS));
            } else {
                taken.add(take(tx, claim, head, now));
            }
        }
        begin(tx, taken, now);
        return new Taken(taken, claims.size() == most);
    }

    private static boolean suspect(Deliveries.Stored delivery) {
        return delivery.state() == Deliveries.State.SENDING && delivery.crashes() + 1 >= SUSPECT_AFTER;
    }

    private static void begin(Tx tx, List<LeasedWork> taken, long now) {
        if (!taken.isEmpty()) {
            tx.attempts()
                    .begin(
                            taken.stream()
                                    .map(work -> ((LeasedWork.Delivery) work)
                                            .stored()
                                            .id())
                                    .toList(),
                            now);
        }
    }

    private static LeasedWork take(Tx tx, Lanes.Claim claim, Deliveries.Stored delivery, long now) {
        boolean interrupted = delivery.state() == Deliveries.State.SENDING;
        if (interrupted) {
            tx.attempts()
                    .end(
                            delivery.id(),
                            delivery.attempts(),
                            Ending.UNCERTAIN,
                            null,
                            "the process ended during the attempt",
                            null,
                            now);
        }
        return new LeasedWork.Delivery(claim, delivery, delivery.attempts() + 1, interrupted, suspect(delivery));
    }

    @Override
    public void failed(Tx tx, LeasedWork claimed, Throwable failure) {
        LeasedWork.Delivery delivery = (LeasedWork.Delivery) claimed;
        String id = delivery.stored().id();
        long now = clock.millis();
        if (failure instanceof NotBegun) {
            tx.attempts().end(id, delivery.attempt(), Ending.RETRY, null, failure.getMessage(), null, now);
            tx.deliveries().retry(delivery.claim(), id, delivery.unsure(), null, null, now + 1_000);
            return;
        }
        String detail = "sending failed with " + failure.getClass().getSimpleName();
        tx.attempts().end(id, delivery.attempt(), Ending.FAILED, null, detail, null, now);
        long at = now + schedule.after(delivery.tries()).toMillis();
        LOG.error(
                "outbox {}: failed, tried again at {}, {}",
                id,
                Instant.ofEpochMilli(at),
                RedactedStackTrace.of(failure));
        tx.deliveries().retry(delivery.claim(), id, true, null, detail, at);
    }
}
