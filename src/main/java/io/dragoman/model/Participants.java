// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everybody whom a message names beside the customer and ourselves, as mail does. Immutable.
 *
 * @param from who wrote it too, or gets the answers too
 * @param to to whom it went besides us
 * @param cc who got a copy
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Participants(List<Participant> from, List<Participant> to, List<Participant> cc) {
    /** Of a message between the customer and us alone. */
    public static final Participants NONE = new Participants(List.of(), List.of(), List.of());

    public Participants {
        from = orNone(from);
        to = orNone(to);
        cc = orNone(cc);
    }

    /** All of them in order. */
    public Stream<Participant> all() {
        return Stream.of(from, to, cc).flatMap(List::stream);
    }

    /** Whether one of them has this address. */
    public boolean include(String address) {
        return all().anyMatch(one -> one.isAt(address));
    }

    /** A list that JSON may leave out. */
    static List<Participant> orNone(@Nullable List<Participant> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    @Override
    public String toString() {
        return "Participants[" + all().count() + "]";
    }
}
