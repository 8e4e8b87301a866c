// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.store.Events;
import io.dragoman.store.Events.State;
import io.dragoman.store.FlowKey;
import io.dragoman.store.Lanes;
import io.dragoman.store.LeasedWork;
import io.dragoman.store.StoreException;
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
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from the inbox's lanes. An event whose processing failed three times is dead, and its lane goes on. One
 * that was being processed when the process ended is a suspect only, for others were in progress too: it is tried a
 * little later, when the others are through, and alone; the third time that the process ends with it alone, it is dead.
 */
public final class Inbox implements WorkSource {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration SUSPECTS_WAIT = Duration.ofSeconds(2);
    private static final int MOST_FAILURES = 3;
    /** The first start was among others; three more were alone. */
    private static final int MOST_STARTS = 4;

    private final String owner;
    private final Clock clock;
    private final long suspectsFrom;

    /**
     * @param owner names this process among those that share the store
     */
    public Inbox(String owner, Clock clock) {
        this.owner = owner;
        this.clock = clock;
        this.suspectsFrom = clock.millis() + SUSPECTS_WAIT.toMillis();
    }

    @Override
    public Lanes.Kind kind() {
        return Lanes.Kind.INBOX;
    }

    @Override
    public Taken claim(Tx tx, FlowKey flow, boolean bulk, int most) {
        long now = clock.millis();
        List<LeasedWork> taken = new ArrayList<>();
        List<Lanes.Claim> claims = tx.lanes().claim(flow, bulk, owner, most, now, LEASE.toMillis());
        Map<String, Events.Stored> heads = tx.events().heads(claims);
        for (Lanes.Claim claim : claims) {
            Events.Stored head = heads.get(claim.lane());
            if (head == null) {
                tx.lanes().release(claim);
            } else {
                judge(tx, claim, head, now).ifPresent(taken::add);
            }
        }
        return new Taken(taken, claims.size() == most);
    }

    private Optional<LeasedWork> judge(Tx tx, Lanes.Claim claim, Events.Stored event, long now) {
        boolean suspect = event.begun() > 1;
        if (event.begun() > MOST_STARTS) {
            String reason = "the process ended with it " + (event.begun() - 1) + " times, and it was alone at work";
            tx.events().finish(claim, event.id(), State.DEAD, reason, now);
            return Optional.empty();
        }
        if (suspect && now < suspectsFrom) {
            tx.events().postpone(claim, event.id(), suspectsFrom);
            return Optional.empty();
        }
        if (suspect) {
            tx.events()
                    .countStart(
                            event.id(),
                            -1); // it has to wait in its lane; what happens until then does not count against it
        }
        return Optional.of(new LeasedWork.Event(claim, event, tx.events().remembered(event.id()), suspect));
    }

    @Override
    public void alone(Tx tx, LeasedWork suspect) {
        tx.events().countStart(((LeasedWork.Event) suspect).stored().id(), 1);
    }

    @Override
    public void failed(Tx tx, LeasedWork claimed, Throwable failure) {
        Events.Stored event = ((LeasedWork.Event) claimed).stored();
        long now = clock.millis();
        if (failure instanceof NotBegun) {
            if (claimed.alone()) {
                tx.events().countStart(event.id(), 1); // its start was taken back when it was claimed
            }
            tx.events().postpone(claimed.claim(), event.id(), now);
            return;
        }
        if (failure instanceof StoreException.Conflict) {
            tx.events().postpone(claimed.claim(), event.id(), now);
            return;
        }
        if (failure instanceof StoreException.Busy
                || failure instanceof StoreException.Lost
                || failure instanceof TooEarly) {
            tx.events().postpone(claimed.claim(), event.id(), now + 1_000);
            return;
        }
        // the class alone is sure to hold no content
        String reason = "processing failed with " + failure.getClass().getSimpleName();
        int failures = event.failures() + 1;
        long at = now + 1_000L * failures;
        boolean dead = failures >= MOST_FAILURES;
        LOG.error(
                "journey {}: {}, {}",
                event.id(),
                dead ? "DEAD" : "failed, tried again at " + Instant.ofEpochMilli(at),
                RedactedStackTrace.of(failure));
        if (dead) {
            tx.events().finish(claimed.claim(), event.id(), State.DEAD, reason, now);
        } else {
            tx.events().retry(claimed.claim(), event.id(), reason, at);
        }
    }
}
