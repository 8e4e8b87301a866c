// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.List;
import java.util.Optional;

/**
 * How often a desk may be called.
 *
 * @param most in any minute
 * @param reserve how many of these are kept for reading what agents did
 */
public record CallRate(int most, int reserve) {
    private static final int LARGEST = 10_000;

    public static final Setting<Integer> PER_MINUTE = Setting.integer(
            "callsPerMinute",
            "How often the desk's API may be called in any minute, by whatever the gateway does there; without it as often "
                    + "as it takes. News that finds no call left waits, and nothing is lost.",
            2,
            LARGEST);

    public static final Setting<Integer> RESERVE = Setting.integer(
            "reserve",
            "How many calls of callsPerMinute are kept for reading what agents answer (polls and their files), so that it "
                    + "does not wait behind news; a fifth of them without.",
            1,
            LARGEST);

    private static final int A_FIFTH = 5;

    /** What an account says; empty for one without a limit. */
    public static Optional<CallRate> of(Account account) {
        return account.find(PER_MINUTE)
                .map(most -> new CallRate(most, account.find(RESERVE).orElse(Math.max(1, most / A_FIFTH))));
    }

    /** What is wrong with an account by itself, as sentences. */
    public static List<String> problems(Account account) {
        Optional<Integer> most = account.find(PER_MINUTE);
        Optional<Integer> reserve = account.find(RESERVE);
        if (reserve.isPresent() && most.isEmpty()) {
            return List.of("reserve is there, but callsPerMinute is not. Write how many calls of a minute there are, or"
                    + " leave reserve out");
        }
        if (reserve.isPresent() && reserve.get() >= most.orElseThrow()) {
            return List.of("reserve is " + reserve.get() + ", but must be less than callsPerMinute, which is "
                    + most.get() + ": no call would be left for news");
        }
        return List.of();
    }
}
