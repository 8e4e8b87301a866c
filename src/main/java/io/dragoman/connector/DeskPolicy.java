// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.List;

/**
 * How a desk takes part, whatever its kind.
 *
 * @param whenMoved what it is told when a conversation leaves it for another desk
 * @param archive whether it has no conversations, and gets a copy of every message
 */
public record DeskPolicy(WhenMoved whenMoved, boolean archive) {

    /** What a desk is told when a conversation leaves it. */
    public enum WhenMoved {
        /** Which desk has it now, and that the conversation is closed here. */
        CLOSE,
        /** Which desk has it now. */
        NOTE,
        /** Nothing. */
        NOTHING
    }

    public static final Setting<WhenMoved> WHEN_MOVED = Setting.choice(
                    "whenMoved",
                    "What the desk is told when a rule gives a conversation of its to another desk: close (a note with the "
                            + "other desk's id, and that it is closed), note (the note alone) or nothing. An answer that is "
                            + "still written here reaches the customer, and the other desk is shown it.",
                    WhenMoved.class)
            .or("close");

    public static final Setting<Boolean> ARCHIVE = Setting.flag(
                    "archive",
                    "Whether it gets a copy of every message of every conversation, in and out, and has no conversations: "
                            + "no rule can name it, and what is written there is ignored.")
            .or("false");

    /** What every desk takes. */
    public static final List<Setting<?>> SETTINGS =
            List.of(WHEN_MOVED, ARCHIVE, TicketPage.SETTING, CallRate.PER_MINUTE, CallRate.RESERVE);

    /** What a desk's account says. */
    public static DeskPolicy of(Account account) {
        return new DeskPolicy(
                account.find(WHEN_MOVED).orElse(WhenMoved.CLOSE),
                account.find(ARCHIVE).orElse(false));
    }
}
