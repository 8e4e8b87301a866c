// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** All checks, in the order in which they are shown. Stateless and thread-safe. */
public final class Contract {
    /** A connector that waits or repeats for longer has no end. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Contract() {}

    /** Every check of any connector; a helpdesk that is simulated has more. */
    public static List<ContractCheck> checks() {
        return Stream.of(
                        SettingsChecks.all(),
                        RotationChecks.all(),
                        ProofChecks.all(),
                        ReadChecks.all(),
                        BatchChecks.all(),
                        SendChecks.all(),
                        PieceChecks.all(),
                        AnswerChecks.all(),
                        ReceiptChecks.all(),
                        TextChecks.all(),
                        MediaChecks.all(),
                        AddressChecks.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Runs every check, each in a thread of its own that is given up after a minute. */
    public static ScoreCard run(ConnectorSample sample) {
        List<CheckResult> results = new ArrayList<>();
        checks().forEach(check -> results.add(run(check, sample)));
        if (sample instanceof HelpdeskSample) {
            DeskChecks.all().forEach(check -> results.add(run(check, sample)));
        }
        return new ScoreCard(sample.connector().kind(), results);
    }

    /** Runs one, likewise. */
    public static CheckResult run(ContractCheck check, ConnectorSample sample) {
        FutureTask<CheckResult> task = new FutureTask<>(() -> result(check, sample));
        Thread thread = new Thread(task, "contract " + check.name());
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return CheckResult.failed(
                    check, "no end within " + LONGEST.toSeconds() + " s", "a connector that waits for nobody for ever");
        } catch (ExecutionException e) {
            return CheckResult.failed(check, String.valueOf(e.getCause()), "no exception");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static CheckResult result(ContractCheck check, ConnectorSample sample) {
        try {
            check.body().run(sample);
            return CheckResult.passed(check);
        } catch (NotApplicable e) {
            return CheckResult.notApplicable(check, e.getMessage());
        } catch (CheckFailed e) {
            return CheckResult.failed(check, e.found(), e.expected());
        } catch (Exception | LinkageError | StackOverflowError e) {
            return CheckResult.failed(check, thrown(e), "no exception");
        }
    }

    /** What was thrown and where first. */
    private static String thrown(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return Expect.shortened(thrown + (trace.length == 0 ? "" : " at " + trace[0]));
    }
}
