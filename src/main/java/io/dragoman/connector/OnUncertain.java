// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/**
 * What becomes of an agent's reply of which it is unknown whether it was sent. What a rule wrote is
 * never sent again, whatever this says: a customer can do without an automatic text, not with two.
 */
public enum OnUncertain {
    /** It is sent again: it surely arrives, perhaps twice. */
    REPEAT,
    /** It is not: it arrives at most once, and is shown to be decided by a person. */
    HOLD;

    /** The setting, one of every channel that does not know a repetition by itself. */
    public static final Setting<OnUncertain> SETTING = Setting.choice(
                    "onUncertain",
                    "What to do with an agent's reply when it is unknown whether it was sent: repeat (it arrives, "
                            + "perhaps twice) or hold (at most once; a person decides). Automatic replies are never "
                            + "repeated.",
                    OnUncertain.class)
            .or("repeat");
}
