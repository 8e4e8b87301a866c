// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;

/**
 * Something from a customer's or an agent's side that nothing is to be done about. It is kept as ignored at once, so
 * that what came can be told, and counted by its kind.
 *
 * @param kind what it was, one of few words such as {@code inline_query} or {@code field.account_update}: letters,
 *     digits, {@code _}, {@code -} and full stops, at most 100; see {@link #word}
 * @param why a clause without content
 */
public record Ignored(String key, Instant at, String kind, String why) implements CustomerEvent, DeskEvent {
    private static final int LONGEST_KIND = 100;

    public Ignored {
        Require.notBlank(key, "key");
        if (kind.length() > LONGEST_KIND || !kind.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
            throw new IllegalArgumentException("the kind of what is ignored must be one word");
        }
    }

    /** A provider's name for something as it may stand in a log or a label; other shapes come from nowhere we know. */
    public static String word(String name) {
        return name.matches("[A-Za-z][A-Za-z0-9_.-]{0,63}") ? name : "unknown";
    }

    /** The same, of a kind of its connector's. */
    public Ignored of(String connector) {
        String full = connector + "." + kind;
        return new Ignored(key, at, full.substring(0, Math.min(full.length(), LONGEST_KIND)), why);
    }

    @Override
    public String lane() {
        return "ignored";
    }

    /** What it was and why nothing is done, for people. */
    public String reason() {
        return kind + ": " + why;
    }

    @Override
    public String toString() {
        return "Ignored[" + kind + "]";
    }
}
