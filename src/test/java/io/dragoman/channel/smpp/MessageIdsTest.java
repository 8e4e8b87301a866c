// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An id is the same in an answer and in a receipt, however each writes it. */
final class MessageIdsTest {
    @ParameterizedTest
    @CsvSource({
        "AUTO, 4711, 4711",
        "AUTO, 0004711, 4711",
        "AUTO, ABCDEF01, abcdef01",
        "AUTO, abcdef01, 2882400001",
        "AUTO, 2882400001, ABCDEF01",
        "AUTO, 1a2b, 1A2B",
        "AUTO, c2f0e3a4-0000-4000-8000-0123456789ab, C2F0E3A4-0000-4000-8000-0123456789AB",
        "SAME, 00FF, ff",
        "HEX_TO_DECIMAL, 12345678, 305419896",
        "HEX_TO_DECIMAL, ff, 0255",
        "DECIMAL_TO_HEX, 305419896, 12345678",
        "DECIMAL_TO_HEX, 255, FF",
    })
    void idShouldMeetItself(MessageIds form, String answer, String receipt) {
        assertThat(form.received(receipt)).isEqualTo(form.answered(answer));
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, ff, 255", // a counter in hexadecimal digits comes to 255 a little later
        "AUTO, 12345678, 305419896",
        "SAME, ff, 255",
        "SAME, 12, 123",
    })
    void otherIdShouldStayAnother(MessageIds form, String answer, String receipt) {
        assertThat(form.received(receipt)).isNotEqualTo(form.answered(answer));
    }
}
