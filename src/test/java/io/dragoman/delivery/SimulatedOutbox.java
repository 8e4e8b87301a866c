// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.config.TestSettings;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.RetrySafety;
import io.dragoman.model.Reason;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Deliveries.Fresh;
import io.dragoman.store.Deliveries.Kind;
import io.dragoman.store.Deliveries.State;
import io.dragoman.store.Deliveries.Stored;
import io.dragoman.store.FlowKey;
import io.dragoman.store.Lanes;
import io.dragoman.store.LeasedWork;
import io.dragoman.store.Rehearsal;
import io.dragoman.store.Tx;
import io.dragoman.work.BotWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The real outbox and what settles its attempts on a real store, beside a provider that knows what it got: it takes,
 * refuses, asks for patience, and falls silent before or after it took.
 */
final class SimulatedOutbox {
    /** What happened how often. */
    enum Figure {
        ENQUEUED,
        CLAIMED,
        TAKEN_AGAIN,
        LOOKED_UP,
        RETRIED,
        CRASHED,
        RESTARTED,
        FENCED,
        DELIVERED,
        DEAD,
        UNCERTAIN
    }

    private static final long LEASE = Duration.ofMinutes(15).toMillis();
    private static final Duration ASKED = Duration.ofMinutes(5);
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final FlowKey FLOW = new FlowKey(Lanes.Kind.OUTBOX, "sms/sms");
    private static final List<RetrySafety> REPEATS =
            List.of(RetrySafety.IDEMPOTENT, RetrySafety.QUERYABLE, RetrySafety.NEITHER);

    private final Rehearsal store;
    private final Random random;
    private final Map<Figure, Integer> figures;
    private final TestClock clock = TestClock.at(START);
    private final CircuitBreakers targets = new CircuitBreakers(8, clock);
    private final RetrySchedule schedule;
    private final Settle settle;
    private static final BotWatch NO_BOTS = new BotWatch() {
        @Override
        public boolean due(Tx tx, Deliveries.Stored timer, long now) {
            return false;
        }

        @Override
        public void dead(Tx tx, Deliveries.Stored notice, long now) {}
    };
    private static final DeliveryPolicy POLICY = TestSettings.defaults().delivery();

    private List<Outbox> workers;

    private final Map<String, List<String>> lanes = new HashMap<>();
    private final Map<String, List<String>> arrived = new HashMap<>();
    private final Map<String, Integer> copies = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<String, Long> notBefore = new HashMap<>();
    private final List<Held> held = new ArrayList<>();
    private boolean calm;
    private int ids;

    SimulatedOutbox(Rehearsal store, Random random, Map<Figure, Integer> figures) {
        this.store = store;
        this.random = random;
        this.figures = figures;
        this.schedule = new RetrySchedule(random);
        this.settle = new Settle(null, null, (tx, timer, now) -> false, NO_BOTS, schedule, POLICY, targets, clock);
        this.workers = workers();
    }

    /** An attempt whose end is known here and not yet in the store. */
    private record Held(Attempted attempted, long until) {
        String id() {
            return attempted.claimed().stored().id();
        }
    }

    private List<Outbox> workers() {
        return List.of(worker("w1"), worker("w2"));
    }

    private Outbox worker(String owner) {
        return new Outbox(owner, clock, schedule, targets, id -> true);
    }

    void step() {
        int dice = random.nextInt(100);
        if (dice < 22) {
            enqueue();
        } else if (dice < 50) {
            claim(workers.get(random.nextInt(2)), 1 + random.nextInt(3));
        } else if (dice < 78) {
            if (!held.isEmpty()) {
                settle(held.remove(random.nextInt(held.size())));
            }
        } else if (dice < 82) {
            if (!held.isEmpty()) {
                held.remove(random.nextInt(held.size())); // how it ended is never told
                happened(Figure.CRASHED);
            }
        } else if (dice < 84) {
            store.restart();
            workers = workers();
            happened(Figure.RESTARTED);
        } else if (dice < 86) {
            clock.move(Duration.ofHours(random.nextBoolean() ? 1 : -1));
        } else {
            clock.move(Duration.ofMillis(random.nextInt(4) == 0 ? 16 * 60_000 : random.nextInt(5_000)));
        }
    }

    /** No more harm: everything must come to an end. */
    void calmDown() {
        calm = true;
        held.clear();
        store.restart();
        workers = workers();
        for (int round = 0; round < 400 && open() > 0; round++) {
            clock.move(Duration.ofSeconds(61));
            claim(workers.get(0), 8);
            held.forEach(this::settle);
            held.clear();
        }
    }

    long open() {
        return store.number("SELECT count(*) FROM delivery WHERE state IN('READY','SENDING','RETRY')");
    }

    /** A third of the lanes for each kind of channel. */
    private static RetrySafety repeat(String lane) {
        return REPEATS.get((lane.charAt(lane.length() - 1) - '0') % REPEATS.size());
    }

    private void enqueue() {
        String lane = "out/sms/c" + random.nextInt(6);
        String id = String.format("%06d", ++ids);
        boolean automatic = random.nextInt(4) == 0;
        boolean fresh = store.tx()
                .deliveries()
                .insert(
                        new Fresh(
                                id,
                                Kind.MESSAGE,
                                new Deliveries.Destination(lane, "sms", "sms"),
                                new Deliveries.Cause("key " + id, "event", null, "conversation"),
                                "{}",
                                automatic,
                                clock.millis()),
                        clock.millis());
        assertThat(fresh).isTrue();
        lanes.computeIfAbsent(lane, any -> new ArrayList<>()).add(id);
        happened(Figure.ENQUEUED);
    }

    private void claim(Outbox worker, int most) {
        for (LeasedWork claimed : worker.claim(store.tx(), FLOW, false, most).heads()) {
            LeasedWork.Delivery delivery = (LeasedWork.Delivery) claimed;
            Stored stored = delivery.stored();
            assertThat(delivery.attempt()).isEqualTo(attempts.merge(stored.id(), 1, Integer::sum));
            assertThat(stored.id()).as("the first that is open").isEqualTo(firstOpen(stored.lane()));
            assertThat(notBefore.getOrDefault(stored.id(), 0L))
                    .as("its time has come")
                    .isLessThanOrEqualTo(clock.millis());
            assertThat(store.number("SELECT count(*) FROM attempt WHERE delivery='" + stored.id() + "'"))
                    .as("on disk before the wire")
                    .isEqualTo(delivery.attempt());
            held.add(new Held(attempt(delivery), clock.millis() + LEASE));
            happened(Figure.CLAIMED);
        }
    }

    private String firstOpen(String lane) {
        return lanes.get(lane).stream()
                .filter(id -> List.of(State.READY, State.SENDING, State.RETRY).contains(find(id).state()))
                .findFirst()
                .orElseThrow();
    }

    private Stored find(String id) {
        return store.tx().deliveries().find(id).orElseThrow();
    }

    /** What {@link Send} does, with a provider of which both sides of the truth are known. */
    private Attempted attempt(LeasedWork.Delivery claimed) {
        Stored stored = claimed.stored();
        RetrySafety repeat = repeat(stored.lane());
        boolean mayRepeat = repeat == RetrySafety.IDEMPOTENT;
        boolean asks = repeat == RetrySafety.QUERYABLE && claimed.unsure();
        if (!clock.instant().isBefore(POLICY.deadline(stored))) {
            return Attempted.untried(claimed, new Outcome.Refused(Reason.EXPIRED, "too late"), false);
        }
        if (claimed.unsure() && repeat == RetrySafety.NEITHER) {
            return Attempted.untried(claimed, new Outcome.Uncertain(Reason.TIMEOUT, "nobody knows"), false);
        }
        if (asks) {
            happened(Figure.LOOKED_UP);
            if (!calm && random.nextInt(4) == 0) {
                Outcome open = new Outcome.Uncertain(Reason.TIMEOUT, "too young", Duration.ofMinutes(1));
                return Attempted.untried(claimed, open, true);
            }
            if (copies.containsKey(stored.id())) {
                return new Attempted(claimed, new Outcome.Sent("id"), 1, List.of(), true, false, true);
            }
        }
        boolean doubt = claimed.unsure() && !asks;
        boolean again = mayRepeat || repeat == RetrySafety.QUERYABLE;
        return new Attempted(claimed, send(stored, repeat), 1, List.of(), again, doubt, true);
    }

    private Outcome send(Stored stored, RetrySafety repeat) {
        int dice = calm ? 0 : random.nextInt(100);
        if (dice < 50) {
            take(stored, repeat);
            return new Outcome.Sent("id");
        } else if (dice < 65) {
            return new Outcome.Retry(Reason.PROVIDER_DOWN, "503");
        } else if (dice < 72) {
            return new Outcome.Retry(Reason.THROTTLED, "429", ASKED);
        } else if (dice < 88) {
            if (random.nextBoolean()) {
                take(stored, repeat);
            }
            return new Outcome.Uncertain(Reason.TIMEOUT, "silence");
        }
        return new Outcome.Refused(dice < 95 ? Reason.CONTENT_REFUSED : Reason.AUTHENTICATION_FAILED, "refused");
    }

    private void take(Stored stored, RetrySafety repeat) {
        boolean known = copies.containsKey(stored.id());
        if (known) {
            happened(Figure.TAKEN_AGAIN);
        }
        if (!known || repeat != RetrySafety.IDEMPOTENT) {
            copies.merge(stored.id(), 1, Integer::sum);
            arrived.computeIfAbsent(stored.lane(), lane -> new ArrayList<>()).add(stored.id());
        }
    }

    private void settle(Held one) {
        Outcome outcome = one.attempted.outcome();
        boolean holds = store.unit(() -> settle.settle(store.tx(), one.attempted, clock.millis()));
        if (!holds) {
            happened(Figure.FENCED);
        } else if (find(one.id()).state() == State.RETRY) {
            happened(Figure.RETRIED);
            boolean asked = outcome instanceof Outcome.Retry retry && retry.after() != null;
            notBefore.put(one.id(), clock.millis() + (asked ? ASKED.toMillis() : 0));
        }
    }

    /** Everything came once and in order; what is called delivered is there, and what is called dead is not. */
    void check() {
        assertThat(open()).as("left open").isZero();
        lanes.forEach((lane, all) -> {
            for (String id : all) {
                int there = copies.getOrDefault(id, 0);
                State state = find(id).state();
                assertThat(there).as("copies of %s in %s", id, lane).isLessThanOrEqualTo(1);
                if (state == State.DELIVERED) {
                    assertThat(there).as("%s is there", id).isEqualTo(1);
                } else if (state == State.DEAD) {
                    assertThat(there).as("%s is not there", id).isZero();
                }
                happened(Figure.valueOf(state.name()));
            }
            assertThat(arrived.getOrDefault(lane, List.of())).as(lane).isSorted();
        });
        assertThat(store.number("SELECT count(*) FROM lane WHERE open<>0 OR ready_at IS NOT NULL"))
                .as("lanes that believe they have work")
                .isZero();
    }

    private void happened(Figure figure) {
        figures.merge(figure, 1, Integer::sum);
    }
}
