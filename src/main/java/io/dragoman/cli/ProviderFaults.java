// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.model.Words;
import io.dragoman.simulator.Answering;
import io.dragoman.simulator.Answering.Answer;
import io.dragoman.simulator.CallFault;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.Simulator;
import java.util.Collections;
import java.util.Optional;

/** What the lines typed at a simulator have it do wrong, as a provider does on a bad day. */
final class ProviderFaults {
    private static final int MOST = 1000;

    private ProviderFaults() {}

    /** Does what a line says, and says what follows; empty for a line that is none of these. */
    static Optional<String> told(Simulator simulator, String[] words) {
        return switch (words[0]) {
            case "fail" -> Optional.of(fail(simulator, words));
            case "copies" -> Optional.of(copies(simulator, words));
            case "swap" -> Optional.of(swap(simulator));
            case "close" -> words.length == 2 ? Optional.of(close(simulator, words[1])) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static String fail(Simulator simulator, String[] words) {
        Optional<CallFault> fault = Words.find(CallFault.class, words.length > 1 ? words[1] : "");
        int times = words.length > 2 ? number(words[2]) : 1;
        if (fault.isEmpty() || times == 0) {
            return "fail takes one of " + String.join(", ", Words.all(CallFault.class))
                    + ", and how many calls end so, 1 to " + MOST;
        }
        Optional<String> why = end(simulator, fault.get(), times);
        return why.map(reason -> "it cannot: " + reason)
                .orElseGet(() -> times == 1
                        ? "the next call ends so: " + words[1]
                        : "the next " + times + " calls end so: " + words[1]);
    }

    /** Why they cannot; empty where they will. */
    private static Optional<String> end(Simulator simulator, CallFault fault, int times) {
        if (simulator instanceof HttpSimulator http) {
            http.fail(fault, times);
            return Optional.empty();
        }
        if (!(simulator instanceof Answering line)) {
            return Optional.of("nobody calls it");
        }
        Optional<Answer> answer = fault.answer();
        if (answer.isEmpty()) {
            return Optional.of("its protocol knows no access tokens");
        }
        Optional<String> why = line.lacks(answer.get());
        if (why.isEmpty()) {
            line.script().next(Collections.nCopies(times, answer.get()).toArray(Answer[]::new));
        }
        return why;
    }

    private static String copies(Simulator simulator, String[] words) {
        int times = words.length == 2 ? number(words[1]) : 0;
        if (times == 0) {
            return "copies takes how many times every webhook comes, 1 to " + MOST;
        }
        if (!(simulator instanceof HttpSimulator http)) {
            return noWebhooks(simulator);
        }
        http.copies(times);
        return times == 1
                ? "every webhook comes once from now on"
                : "every webhook comes " + times + " times from now on";
    }

    private static String swap(Simulator simulator) {
        if (!(simulator instanceof HttpSimulator http)) {
            return noWebhooks(simulator);
        }
        http.swapNext();
        return "the next webhook comes behind the one after it";
    }

    private static String noWebhooks(Simulator simulator) {
        return "it cannot: " + simulator.kind() + " has no webhooks";
    }

    private static String close(Simulator simulator, String customer) {
        return simulator.closeWindow(customer)
                ? "the time in which that customer can be answered freely is over, until they write again"
                : "it cannot: the simulator of " + simulator.kind() + " knows no such time";
    }

    /** 0 for what is no number from 1 to {@link #MOST}. */
    private static int number(String word) {
        return word.matches("[1-9][0-9]{0,3}") && Integer.parseInt(word) <= MOST ? Integer.parseInt(word) : 0;
    }
}
