// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import io.dragoman.connector.Request;
import io.dragoman.store.Events.Arrived;
import io.dragoman.store.Events.Taken;
import io.dragoman.store.IgnoredEvents;
import io.dragoman.store.Tx;
import io.dragoman.work.ChannelActivity;
import io.dragoman.work.IgnoredCounter;
import io.dragoman.work.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The unit of work by which what arrived becomes events of the store, whether it comes at once or through a topic, and
 * what is told of it after its commit. Thread-safe.
 */
public final class TakeIn {
    private static final Logger LOG = LoggerFactory.getLogger(StoreEvents.class);

    private final Supplier<String> ids;
    private final Clock clock;
    private final MeterRegistry meters;
    private final IgnoredCounter ignored;
    private final ChannelActivity activity;
    private final Traces traces;

    public TakeIn(
            Supplier<String> ids,
            Clock clock,
            MeterRegistry meters,
            IgnoredCounter ignored,
            ChannelActivity activity,
            Traces traces) {
        this.ids = ids;
        this.clock = clock;
        this.meters = meters;
        this.ignored = ignored;
        this.activity = activity;
        this.traces = traces;
    }

    /**
     * What the store has of a request.
     *
     * @param dead what could not be read, each as the log says it
     * @param fresh the ids of the new events, by the channel or desk that they came from
     */
    public record Outcome(Taken taken, List<String> dead, Map<String, List<String>> fresh) {
        static final Outcome NOTHING = new Outcome(new Taken(0, 0), List.of(), Map.of());

        /** So many events are new, and so many were known. */
        int events() {
            return taken.fresh() + taken.duplicates();
        }
    }

    /** Puts all of it into the store, each event once. */
    public Outcome apply(Tx tx, List<Arrived> arrived, long now) {
        int fresh = 0;
        int duplicates = 0;
        List<IgnoredEvents.Named> named = new ArrayList<>();
        List<String> dead = new ArrayList<>();
        Map<String, List<String>> ofSources = new HashMap<>();
        for (Arrived one : arrived) {
            List<String> made = new ArrayList<>();
            Taken taken = tx.events().take(one, noting(made), now);
            ofSources.computeIfAbsent(one.source(), source -> new ArrayList<>()).addAll(made.subList(1, made.size()));
            fresh += taken.fresh();
            duplicates += taken.duplicates();
            named.addAll(taken.ignored());
            if (one.unread() != null) {
                tx.events()
                        .find(one.source(), Arrived.keyOf(one.sha256()))
                        .map(event -> "intake " + one.source() + ": event " + event.id() + " is kept as dead: "
                                + one.unread())
                        .ifPresent(dead::add);
            }
        }
        return new Outcome(new Taken(fresh, duplicates, named), dead, ofSources);
    }

    /** New ids, each noted: the first is that of the raw request, the others are those of new events. */
    private Supplier<String> noting(List<String> made) {
        return () -> {
            String id = ids.get();
            made.add(id);
            return id;
        };
    }

    /**
     * Tells logs, figures and traces of what is durable now.
     *
     * @param account the channel or desk that it counts for
     * @param requests that brought it; none where a poll found nothing new
     */
    public void committed(String account, List<Request> requests, Outcome outcome) {
        outcome.dead().forEach(LOG::warn);
        Taken taken = outcome.taken();
        meters.counter("dragoman.accepted", "channel", account).increment(taken.fresh());
        meters.counter("dragoman.duplicates", "channel", account).increment(taken.duplicates());
        if (outcome.events() > 0) {
            activity.accepted(account, clock.instant(), taken.fresh(), taken.duplicates());
            LOG.debug("intake {}: {} new, {} known", account, taken.fresh(), taken.duplicates());
        }
        outcome.fresh().forEach((source, events) -> {
            Request first = requests.get(0);
            traces.accepted(source, first.origin() == Request.Origin.RECEIVED, events, first.receivedAt());
        });
        taken.ignored().forEach(ignored::count);
    }
}
