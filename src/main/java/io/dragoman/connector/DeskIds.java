// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.function.Predicate;

/**
 * Which ids of a desk's belong to something else of ours: tickets and what is written in them have numbers of their own,
 * so that one may be that of a ticket and of a message.
 *
 * @param tickets whether an id is the reference of another conversation
 * @param written whether an id is that of something else which was written in the conversation
 */
public record DeskIds(Predicate<String> tickets, Predicate<String> written) implements Predicate<String> {
    @Override
    public boolean test(String id) {
        return tickets.test(id) || written.test(id);
    }

    /** Those of tickets, as far as they can be told apart. */
    public static Predicate<String> tickets(Predicate<String> known) {
        return known instanceof DeskIds ids ? ids.tickets() : known;
    }

    /** Those of what was written, likewise. */
    public static Predicate<String> written(Predicate<String> known) {
        return known instanceof DeskIds ids ? ids.written() : known;
    }

    @Override
    public String toString() {
        return "DeskIds[…]";
    }
}
