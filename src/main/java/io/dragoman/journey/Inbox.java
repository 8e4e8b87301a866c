// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.camel.LaneWork;
import io.dragoman.camel.Trace;
import io.dragoman.store.Claimed;
import io.dragoman.store.Events;
import io.dragoman.store.Events.State;
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

/** Takes events from the inbox's lanes. An event that ended three attempts without an end is poison: dead, and the lane goes on. */
public final class Inbox implements LaneWork {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final String owner;
    private final Clock clock;

    /**
     * Makes the work.
     *
     * @param owner names this process among those that share the store
     */
    public Inbox(String owner, Clock clock) {
        this.owner = owner;
        this.clock = clock;
    }

    @Override
    public Lanes.Kind kind() {
        return Lanes.Kind.INBOX;
    }

    @Override
    public List<Claimed> claim(Tx tx, int most) {
        long now = clock.millis();
        List<Claimed> heads = new ArrayList<>();
        for (Lanes.Claim claim : tx.lanes().claim(Lanes.Kind.INBOX, owner, most, now, LEASE.toMillis())) {
            Optional<Events.Stored> head = tx.events().head(claim);
            if (head.isEmpty()) {
                tx.lanes().release(claim);
            } else if (head.get().attempts() > Events.MOST_ATTEMPTS) {
                String reason = "it ended the process or its processing " + Events.MOST_ATTEMPTS + " times";
                tx.events().finish(claim, head.get().id(), State.DEAD, reason, now);
            } else {
                heads.add(new Claimed.Event(claim, head.get()));
            }
        }
        return heads;
    }

    @Override
    public void failed(Tx tx, Claimed claimed, Throwable failure) {
        Events.Stored event = ((Claimed.Event) claimed).stored();
        long now = clock.millis();
        if (failure instanceof StoreException.Conflict) {
            tx.events().retry(claimed.claim(), event.id(), "", false, now);
            return;
        }
        // the class alone is sure to hold no content
        String reason = "processing failed with " + failure.getClass().getSimpleName();
        LOG.error("journey {}: {}", event.id(), Trace.of(failure));
        if (event.attempts() >= Events.MOST_ATTEMPTS) {
            tx.events().finish(claimed.claim(), event.id(), State.DEAD, reason, now);
        } else {
            tx.events().retry(claimed.claim(), event.id(), reason, true, now + 1_000L * event.attempts());
        }
    }
}
