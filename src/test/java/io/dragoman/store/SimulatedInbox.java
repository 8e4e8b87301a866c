// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.journey.Inbox;
import io.dragoman.store.Events.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The real inbox on a real database, beside a model that knows what must come of each step. */
final class SimulatedInbox {
    /** What happened how often. */
    enum Figure {
        ARRIVED,
        REPEATED,
        CLAIMED,
        DONE,
        FAILED,
        CRASHED,
        RESTARTED,
        FENCED,
        DEAD
    }

    private static final int LANES = 5;
    private static final int MOST_FAILURES = 3;
    private static final int MOST_STARTS = 4;
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final FlowKey FLOW = new FlowKey(Lanes.Kind.INBOX, "shop");

    private final Rehearsal store;
    private final Tx tx;
    private final Random random;
    private final Supplier<String> ids = Arrivals.ids();
    private final TestClock clock = TestClock.at(START);
    private List<Inbox> workers = List.of(new Inbox("w1", clock), new Inbox("w2", clock));
    private long suspectsFrom = clock.millis() + 2_000;

    private final Map<Figure, Integer> figures;
    private final Map<String, List<String>> arrived = new HashMap<>();
    private final Map<String, List<String>> effects = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<String, Integer> begun = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Held> holders = new HashMap<>();
    private final Map<String, Long> notBefore = new HashMap<>();
    private final List<Held> held = new ArrayList<>();
    private long latest;
    private int keys;

    SimulatedInbox(Rehearsal store, Random random, Map<Figure, Integer> figures) {
        this.store = store;
        this.tx = store.tx();
        this.random = random;
        this.figures = figures;
    }

    private record Held(Inbox worker, LeasedWork.Event claimed, long until) {
        String lane() {
            return claimed.claim().lane();
        }

        String key() {
            return claimed.stored().key();
        }
    }

    void step() {
        int dice = random.nextInt(100);
        if (dice < 30) {
            arrive();
        } else if (dice < 55) {
            claim(workers.get(random.nextInt(workers.size())), 1 + random.nextInt(3));
        } else if (dice < 75) {
            pick(this::finish);
        } else if (dice < 83) {
            pick(this::fail);
        } else if (dice < 88) {
            pick(crashed -> happened(Figure.CRASHED));
        } else if (dice < 89) {
            restart();
        } else if (dice < 90) {
            clock.move(Duration.ofHours(random.nextBoolean() ? 1 : -1));
        } else {
            clock.move(Duration.ofMillis(random.nextInt(10) == 0 ? 61_000 : random.nextInt(3_000)));
        }
    }

    /** No more faults: everything must come to an end. */
    void calmDown() {
        held.clear(); // everybody who held something is gone
        for (int round = 0; round < 400 && count(State.NEW) > 0; round++) {
            clock.move(Duration.ofSeconds(61));
            claim(workers.get(0), LANES);
            while (!held.isEmpty()) {
                finish(held.remove(0));
            }
        }
    }

    private void arrive() {
        String sender = "s" + random.nextInt(LANES);
        List<String> known = arrived.computeIfAbsent("in/shop/" + sender, lane -> new ArrayList<>());
        boolean again = !known.isEmpty() && random.nextInt(6) == 0;
        String key = again ? known.get(random.nextInt(known.size())) : "k" + ++keys;
        Events.Taken taken = tx.events().take(Arrivals.message(sender, key, key), ids, clock.millis());
        assertThat(taken).isEqualTo(again ? new Events.Taken(0, 1) : new Events.Taken(1, 0));
        happened(again ? Figure.REPEATED : Figure.ARRIVED);
        if (!again) {
            known.add(key);
        }
    }

    private void claim(Inbox worker, int most) {
        latest = Math.max(latest, clock.millis());
        for (LeasedWork claimed : worker.claim(tx, FLOW, false, most).heads()) {
            Held fresh = new Held(worker, (LeasedWork.Event) claimed, clock.millis() + 60_000);
            Held before = holders.put(fresh.lane(), fresh);
            assertThat(before == null || before.until < clock.millis())
                    .as("%s was free", fresh.lane())
                    .isTrue();
            // it has waited once work on it begins, wherever the clock goes after that
            Long waited = notBefore.remove(fresh.key());
            assertThat(waited == null ? 0 : waited).isLessThanOrEqualTo(clock.millis());
            assertThat(fresh.key()).as("the first that is open").isEqualTo(firstOpen(fresh.lane()));
            if (fresh.claimed.alone()) {
                worker.alone(tx, claimed); // its turn comes at once in this world
            }
            assertThat(fresh.claimed.stored().attempts()).isEqualTo(attempts.merge(fresh.key(), 1, Integer::sum));
            int starts = begun.merge(fresh.key(), 1, Integer::sum);
            assertThat(fresh.claimed.stored().begun()).isEqualTo(starts).isLessThanOrEqualTo(MOST_STARTS);
            assertThat(fresh.claimed.alone()).as("a suspect is alone").isEqualTo(starts > 1);
            assertThat(starts == 1 || clock.millis() >= suspectsFrom)
                    .as("suspects wait after a start")
                    .isTrue();
            held.add(fresh);
            happened(Figure.CLAIMED);
        }
        // poison ended within the claim: whoever still works on it has lost the lane
        holders.values().removeIf(one -> state(one.key()) == State.DEAD);
    }

    private State state(String key) {
        return tx.events().find("shop", key).orElseThrow().state();
    }

    private @Nullable String firstOpen(String lane) {
        for (String key : arrived.getOrDefault(lane, List.of())) {
            if (state(key) == State.NEW) {
                return key;
            }
        }
        return null;
    }

    private void finish(Held one) {
        if (fenced(one, () -> tx.events()
                .finish(one.claimed.claim(), one.claimed.stored().id(), State.DONE, null, clock.millis()))) {
            effects.computeIfAbsent(one.lane(), lane -> new ArrayList<>()).add(one.key());
            happened(Figure.DONE);
        }
    }

    private void fail(Held one) {
        if (fenced(one, () -> one.worker.failed(tx, one.claimed, new SimulatedFailure()))) {
            State state = state(one.key());
            int failed = failures.merge(one.key(), 1, Integer::sum);
            begun.put(one.key(), 0);
            assertThat(state).isEqualTo(failed >= MOST_FAILURES ? State.DEAD : State.NEW);
            if (state == State.NEW) {
                notBefore.put(one.key(), clock.millis() + 1_000L * failed);
            }
            happened(Figure.FAILED);
        }
    }

    /** Runs a unit of work: whoever lost the lane must get a conflict, and nobody else may. */
    private boolean fenced(Held one, Runnable work) {
        boolean holds = one.equals(holders.get(one.lane()));
        boolean through = store.unit(work);
        if (through) {
            assertThat(holds).as("a zombie got through").isTrue();
            holders.remove(one.lane());
        } else {
            // one whose lease had run out may have lost the lane to a claim that only let its head wait
            assertThat(holds && one.until() >= latest)
                    .as("the holder was fenced off")
                    .isFalse();
            holders.remove(one.lane(), one);
            happened(Figure.FENCED);
        }
        return through;
    }

    /** The process ends and starts again. What it held may still come back late, from a thread that hung. */
    private void restart() {
        store.restart();
        holders.clear();
        workers = List.of(new Inbox("w1", clock), new Inbox("w2", clock));
        suspectsFrom = clock.millis() + 2_000;
        happened(Figure.RESTARTED);
    }

    private void pick(java.util.function.Consumer<Held> step) {
        if (!held.isEmpty()) {
            step.accept(held.remove(random.nextInt(held.size())));
        }
    }

    long count(State state) {
        return store.number("SELECT count(*) FROM event WHERE state='" + state + "'");
    }

    /** Everything that arrived was done once and in order, or is dead after so many tries. */
    void check() {
        arrived.forEach((lane, keys) -> {
            List<String> alive = new ArrayList<>();
            for (String key : keys) {
                if (state(key) == State.DEAD) {
                    assertThat(failures.getOrDefault(key, 0) >= MOST_FAILURES || begun.get(key) >= MOST_STARTS)
                            .as("%s is dead for a reason", key)
                            .isTrue();
                    happened(Figure.DEAD);
                } else {
                    alive.add(key);
                }
            }
            assertThat(effects.getOrDefault(lane, List.of())).as(lane).isEqualTo(alive);
        });
        assertThat(store.number("SELECT count(*) FROM event")).isEqualTo(keys);
        assertThat(store.number("SELECT count(*) FROM lane WHERE open<>0 OR ready_at IS NOT NULL"))
                .as("lanes that believe they have work")
                .isZero();
    }

    private void happened(Figure figure) {
        figures.merge(figure, 1, Integer::sum);
    }

    private static final class SimulatedFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SimulatedFailure() {
            super("simulated", null, false, false);
        }
    }
}
