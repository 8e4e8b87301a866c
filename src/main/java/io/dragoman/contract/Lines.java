// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.TransportFailure;
import io.dragoman.simulator.Answering;
import io.dragoman.simulator.Answering.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What checks of sending by a protocol of its own share. */
@SuppressWarnings("try") // a line is held, not used
final class Lines {
    private static final long LONGEST_NANOS = 10_000_000_000L;
    private static final long LOOK_NANOS = 5_000_000L;

    private Lines() {}

    /** What a check does with it. */
    @FunctionalInterface
    interface Body {
        void run(LineSample sample) throws Exception;
    }

    /** How one message fares that is answered so. */
    static Outcome to(LineSample sample, Answer answer) throws TransportFailure {
        return to(sample, sample.fresh(), answer).get(0);
    }

    /** How messages fare that are answered so, one after the other. */
    static List<Outcome> to(LineSample sample, Account account, Answer... answers) throws TransportFailure {
        List<Outcome> outcomes = new ArrayList<>();
        for (Answer answer : answers) {
            needs(sample, answer);
        }
        try (LineSample.Line line = sample.open(account)) {
            for (int i = 0; i < answers.length; i++) {
                sample.provider().script().next(answers[i]);
                ToCustomer message = message(sample, "delivery-" + i, SendSample.SENT_CANARY);
                Outcome outcome = sample.send(account, message);
                hides(sample, outcome.toString());
                outcomes.add(outcome);
            }
        }
        return outcomes;
    }

    static void needs(LineSample sample, Answer answer) {
        sample.provider().lacks(answer).ifPresent(why -> {
            throw new NotApplicable(why);
        });
    }

    static ToCustomer message(LineSample sample, String key, String text) {
        return Sending.message(sample.address(), text).step(key, Sending.text(text), true);
    }

    static void hides(ConnectorSample sample, String shown) {
        Expect.hides(shown, List.of(SendSample.SENT_CANARY));
        Expect.hides(shown, sample.secrets());
    }

    /** Customers may get what was taken a moment later. */
    static void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (!done.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** The texts that reached customers since there were so many. */
    static List<String> delivered(Answering provider, int before) {
        return provider.delivered().stream()
                .skip(before)
                .map(one -> one.content())
                .toList();
    }
}
