// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A ticket and what is written in one may have the same number. */
final class DeskIdsTest {
    private final DeskIds ids = new DeskIds("81"::equals, "7"::equals);

    @Test
    void eitherIsKnown() {
        assertThat(ids).accepts("81", "7").rejects("9");
    }

    @Test
    void ticketIsTakenForNoneOfWhatWasWritten() {
        assertThat(DeskIds.tickets(ids)).accepts("81").rejects("7", "9");
        assertThat(DeskIds.written(ids)).accepts("7").rejects("81", "9");
    }

    @Test
    void whatCannotBeToldApartIsAskedForBoth() {
        Predicate<String> either = id -> id.equals("81") || id.equals("7");
        assertThat(DeskIds.tickets(either)).accepts("81", "7").rejects("9");
        assertThat(DeskIds.written(either)).accepts("81", "7").rejects("9");
    }

    @Test
    void textShowsNone() {
        assertThat(ids).hasToString("DeskIds[…]");
    }
}
