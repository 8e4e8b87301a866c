// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a desk that is a bot takes part: it answers first, and hands over.
 *
 * @param next the desk that gets its conversations
 * @param limit how many answers of its may follow each other without a message of the customer's between
 * @param timeout how long it may take to answer a customer's message
 */
public record BotPolicy(String next, int limit, Duration timeout) {
    public static final Setting<Boolean> HOLDS = Setting.flag(
                    "holds",
                    "Whether the desk is a bot: it answers first, and its conversations go on to next when it hands them over, "
                            + "does not answer, or a person answers.")
            .or("false");

    public static final Setting<String> NEXT =
            Setting.text("next", "The id of the desk that gets the conversations of a bot (holds: true).");

    public static final Setting<Integer> LIMIT = Setting.integer(
                    "botLimit",
                    "How many answers of a bot may follow each other without a message of the customer's between: the next one "
                            + "is not sent, and the conversation handed over.",
                    1,
                    1_000)
            .or("20");

    public static final Setting<Duration> TIMEOUT = Setting.duration(
                    "holdTimeout",
                    "How long a bot may take to answer a customer's message, at most 1d: then the conversation is handed over.")
            .or("5m");

    /** What a desk takes that can be a bot. */
    public static final List<Setting<?>> SETTINGS = List.of(HOLDS, NEXT, LIMIT, TIMEOUT);

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int DEFAULT_LIMIT = 20;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

    /** What a desk's account says; empty for one that is no bot. */
    public static Optional<BotPolicy> of(Account account) {
        return account.find(HOLDS)
                .filter(holds -> holds)
                .flatMap(holds -> account.find(NEXT))
                .map(next -> new BotPolicy(
                        next,
                        account.find(LIMIT).orElse(DEFAULT_LIMIT),
                        account.find(TIMEOUT).orElse(DEFAULT_TIMEOUT)));
    }

    /** What is wrong with an account by itself, as sentences. */
    public static List<String> problems(Account account) {
        List<String> problems = new ArrayList<>();
        boolean holds = account.find(HOLDS).orElse(false);
        if (holds && account.find(NEXT).isEmpty()) {
            problems.add(
                    "next is missing; a bot (holds: true) hands its conversations over to that desk. Name it: next: inbox");
        }
        if (!holds && account.find(NEXT).isPresent()) {
            problems.add("next is there, but the desk is no bot. Write holds: true, or leave next out");
        }
        account.find(TIMEOUT)
                .filter(timeout -> timeout.isZero() || timeout.compareTo(LONGEST) > 0)
                .ifPresent(timeout -> problems.add("holdTimeout must be more than nothing and at most 1d, such as 5m"));
        return problems;
    }
}
