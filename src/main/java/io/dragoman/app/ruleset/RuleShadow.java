// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.ruleset;

import io.dragoman.app.trial.RuleComparison;
import io.dragoman.app.trial.RuleComparison.Difference;
import io.dragoman.journey.DecisionWatch;
import io.dragoman.rules.Decision;
import io.dragoman.rules.facts.Situation;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Other rules beside those that count: each message that comes meets both, and what the others would do otherwise is
 * kept. It is done on a thread of its own, which falls behind rather than hold a message up; what it cannot look at it
 * counts. A restart of the gateway ends it. Thread-safe.
 */
public final class RuleShadow implements DecisionWatch {
    private static final int MOST_WAITING = 1_000;
    private static final int LAST = 200;

    private volatile @Nullable Run run;

    /**
     * How it goes.
     *
     * @param since when it began
     * @param compared how many messages met both
     * @param different how many of them would be treated otherwise
     * @param skipped how many came too fast to be looked at
     * @param differences the latest first, 200 at most
     */
    public record ShadowReport(
            Instant since, String yaml, long compared, long different, long skipped, List<Difference> differences) {
        public ShadowReport {
            differences = List.copyOf(differences);
        }

        @Override
        public String toString() {
            return "ShadowReport[" + compared + "]";
        }
    }

    private record Seen(String message, Situation situation, Decision decision) {}

    /** Begins with these rules, in the place of any that run already. */
    public synchronized void start(String yaml, Function<Situation, Decision> rules, Instant now) {
        stop();
        Run next = new Run(yaml, rules, now);
        next.thread.start();
        run = next;
    }

    /** Ends it; false when none ran. */
    public synchronized boolean stop() {
        Run last = run;
        run = null;
        if (last != null) {
            last.thread.interrupt();
        }
        return last != null;
    }

    /** How it goes; empty when none runs. */
    public Optional<ShadowReport> report() {
        return Optional.ofNullable(run).map(Run::report);
    }

    @Override
    public void decided(String message, Situation situation, Decision decision) {
        Run now = run;
        if (now != null && !now.waiting.offer(new Seen(message, situation, decision))) {
            now.skipped.incrementAndGet();
        }
    }

    /** One set of rules from its begin to its end. */
    private static final class Run {
        private final String yaml;
        private final Function<Situation, Decision> rules;
        private final Instant since;
        private final BlockingQueue<Seen> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
        private final AtomicLong skipped = new AtomicLong();
        private final Deque<Difference> differences = new ArrayDeque<>();
        private final Thread thread;
        private long compared;
        private long different;

        Run(String yaml, Function<Situation, Decision> rules, Instant since) {
            this.yaml = yaml;
            this.rules = rules;
            this.since = since;
            thread = new Thread(this::work, "dragoman-shadow");
            thread.setDaemon(true);
        }

        private void work() {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    compare(waiting.take());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it is over
            }
        }

        private void compare(Seen seen) {
            List<String> changes;
            try {
                changes = RuleComparison.changes(seen.decision(), rules.apply(seen.situation()));
            } catch (RuntimeException | StackOverflowError e) { // a bug of ours; its class alone holds no content
                changes = List.of("the other rules failed with " + e.getClass().getSimpleName());
            }
            synchronized (differences) {
                compared++;
                if (!changes.isEmpty()) {
                    different++;
                    Situation situation = seen.situation();
                    differences.addFirst(new Difference(
                            seen.message(),
                            situation.now(),
                            situation.conversation().channel(),
                            changes));
                    if (differences.size() > LAST) {
                        differences.removeLast();
                    }
                }
            }
        }

        ShadowReport report() {
            synchronized (differences) {
                return new ShadowReport(since, yaml, compared, different, skipped.get(), List.copyOf(differences));
            }
        }
    }
}
