// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.contract.CheckResult.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of every check of one connector, in the order of the checks. */
public record ScoreCard(String kind, List<CheckResult> results) {
    /** The group of the recorded cases of a profile, which whoever runs them adds. */
    public static final String CASES = "cases";

    /** What a connector does; the other groups look at what it says of itself. */
    private static final Set<String> WORK = Set.of(
            ProofChecks.GROUP,
            ReadChecks.GROUP,
            BatchChecks.GROUP,
            SendChecks.GROUP,
            ReceiptChecks.GROUP,
            DeskChecks.GROUP,
            ScoreCard.CASES);

    public ScoreCard {
        results = List.copyOf(results);
    }

    /** How many checks ended so. */
    public long count(State state) {
        return results.stream().filter(result -> result.state() == state).count();
    }

    /** Whether none failed, and some passed. */
    public boolean passed() {
        return count(State.FAILED) == 0 && count(State.PASSED) > 0;
    }

    /** Whether anything was tried of what a connector does: read what comes, and send. */
    public boolean isTried() {
        return results.stream()
                .anyMatch(result -> WORK.contains(result.group()) && result.state() != State.NOT_APPLICABLE);
    }

    /** For each group how many of its checks passed, failed and were not applicable. */
    public Map<String, Counts> groups() {
        Map<String, Counts> groups = new LinkedHashMap<>();
        for (CheckResult result : results) {
            groups.merge(result.group(), Counts.of(result.state()), Counts::plus);
        }
        return groups;
    }

    /** The groups in one line: {@code settings 7, proof 6 (2 not applicable)}; what failed in capitals. */
    public String summary() {
        return groups().entrySet().stream()
                .map(group -> group.getKey() + " " + group.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Of one group. */
    public record Counts(int passed, int failed, int notApplicable) {
        static Counts of(State state) {
            return new Counts(
                    state == State.PASSED ? 1 : 0,
                    state == State.FAILED ? 1 : 0,
                    state == State.NOT_APPLICABLE ? 1 : 0);
        }

        Counts plus(Counts other) {
            return new Counts(passed + other.passed, failed + other.failed, notApplicable + other.notApplicable);
        }

        @Override
        public String toString() {
            return passed
                    + (failed > 0 ? " (" + failed + " FAILED)" : "")
                    + (notApplicable > 0 ? " (" + notApplicable + " not applicable)" : "");
        }
    }
}
