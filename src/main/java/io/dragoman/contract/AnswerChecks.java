// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Channel;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outcome;
import io.dragoman.contract.AnsweredSample.Answered;
import io.dragoman.simulator.Simulator.Delivered;
import java.util.List;

/** Whom an answer reaches, by the record of the simulator, which takes any address. */
final class AnswerChecks {
    private static final String ANOTHER = "+4915550102";

    private AnswerChecks() {}

    static List<ContractCheck> all() {
        return List.of(
                check(
                        SendChecks.GROUP,
                        "the customer who wrote gets it",
                        "An answer reaches the customer who wrote, once, though another one wrote since, and nobody else.",
                        AnswerChecks::reaches),
                check(
                        TextChecks.GROUP,
                        "the longest text is taken",
                        "A text as long as the limits say is taken by the provider, whole.",
                        AnswerChecks::longest));
    }

    private interface Body {
        void run(AnsweredSample sample) throws Exception;
    }

    private static ContractCheck check(String group, String name, String proves, Body body) {
        return new ContractCheck(group, name, proves, sample -> {
            if (sample.connector().features().sendsNothing()) {
                throw new NotApplicable("it sends nothing");
            }
            if (!(sample.connector() instanceof Channel)) {
                throw new NotApplicable("a desk has no customers: what it is sent is its own");
            }
            if (!(sample instanceof AnsweredSample answered)) {
                throw new NotApplicable("no simulator that says whom a message reached, and no AnsweredSample");
            }
            body.run(answered);
        });
    }

    private static void reaches(AnsweredSample sample) throws Exception {
        Answered answered = sample.answered(SimulatorSample.CUSTOMER, ANOTHER, SendSample.SENT_CANARY);
        Expect.that(
                answered.outcome() instanceof Outcome.Sent, answered.outcome().toString(), "Outcome.Sent");
        List<String> reached =
                answered.delivered().stream().map(Delivered::customer).toList();
        Expect.equal(reached, List.of(SimulatorSample.CUSTOMER), "who got it");
        String content = answered.delivered().get(0).content();
        Expect.that(content.contains(SendSample.SENT_CANARY), content, "the text that was sent");
    }

    private static void longest(AnsweredSample sample) throws Exception {
        Limits limits = ((Channel) sample.connector()).limits(sample.account());
        if (limits.text() > PieceChecks.LONGEST) {
            throw new NotApplicable("it takes texts of any length, whole");
        }
        String words = PieceChecks.words(limits.text() + 1L);
        String text = words.substring(0, limits.text()).replaceFirst(" $", "w"); // of a space at its end nobody tells
        Answered answered = sample.answered(SimulatorSample.CUSTOMER, ANOTHER, text);
        Expect.that(
                answered.outcome() instanceof Outcome.Sent, answered.outcome().toString(), "Outcome.Sent");
        Expect.that(
                answered.delivered().stream().anyMatch(one -> one.content().contains(text)),
                "a text of " + limits.text() + " that did not reach the customer whole",
                "all of it");
    }
}
