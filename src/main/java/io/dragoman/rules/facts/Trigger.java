// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.facts;

import io.dragoman.model.Words;
import java.time.Duration;
import java.util.Locale;

/**
 * What a rule waits for, and what happened that rules are asked about.
 *
 * @param after how long nobody answered, or how long after it the rules are asked; zero for at once
 */
public record Trigger(On on, Duration after) {
    /** A customer wrote: what a rule waits for that does not say. */
    public static final Trigger MESSAGE = new Trigger(On.MESSAGE, Duration.ZERO);

    /** Of a customer in a public conversation. */
    public static final Trigger COMMENT = new Trigger(On.COMMENT, Duration.ZERO);

    /** What can happen. */
    public enum On {
        /** A customer wrote. */
        MESSAGE,
        /** Nobody has answered the customer for a time. */
        SILENCE,
        /** The conversation was closed. */
        CLOSED,
        /** The customer answered a survey. */
        SURVEY,
        /** The customer answered a poll to its end, or changed what they had answered. */
        POLL,
        /** A customer wrote in public. */
        COMMENT,
        /** The contact's name, language or tags changed. */
        CONTACT
    }

    /** Something that happens at once. */
    public static Trigger of(On on) {
        return new Trigger(on, Duration.ZERO);
    }

    /** Whether a message is what it waits for, so that no timer is. */
    public boolean isMessage() {
        return on == On.MESSAGE || on == On.COMMENT;
    }

    /** Whether a rule that waits for this has its turn when {@code happened} has. */
    public boolean awaits(Trigger happened, boolean inPublic) {
        return equals(COMMENT) ? happened.equals(MESSAGE) && inPublic : equals(happened);
    }

    /** As it is written: {@code closed}, {@code silence: 30m}. */
    public String words() {
        String word = Words.of(on);
        return after.isZero() ? word : word + ": " + words(after);
    }

    private static String words(Duration time) {
        return time.toMillis() % 86_400_000 == 0
                ? time.toDays() + "d"
                : time.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
