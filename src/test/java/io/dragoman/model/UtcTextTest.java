// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTextTest {
    private static final DateTimeFormatter JAVA = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Java's own formatter says what is right. */
    @Test
    void isWhatJavaWritesAndReads() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            Instant time = Instant.ofEpochMilli(random.nextLong(-62_200_000_000_000L, 253_500_000_000_000L));
            String text = JAVA.format(time);
            assertThat(UtcText.of(time)).isEqualTo(text);
            assertThat(UtcText.parse(text)).isEqualTo(Instant.parse(text)).isEqualTo(time);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T23:59:59.999Z",
                "2026-12-31T00:00:00.000Z",
                "2026-11-21T10:02:11Z",
                "2026-11-21T10:02:11.5Z",
                "2026-11-21T10:02:11.123456789Z",
                "2026-11-21T24:00:00.000Z",
                "2026-11-21T10:02:11+02:00",
                "-0044-03-15T12:00:00.000Z",
                "+12026-03-15T12:00:00.000Z"
            })
    void readsWhatJavaReads(String text) {
        assertThat(UtcText.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30T10:02:11.120Z",
                "2026-13-01T10:02:11.120Z",
                "2026-00-01T10:02:11.120Z",
                "2026-11-00T10:02:11.120Z",
                "2026-11-21T25:02:11.120Z",
                "2026-11-21T10:60:11.120Z",
                "2026-11-21 10:02:11.120Z",
                "2026-11-21T10:02:11.12０Z",
                "soon",
                ""
            })
    void refusesWhatJavaRefuses(String text) {
        assertThatThrownBy(() -> UtcText.parse(text)).isInstanceOf(DateTimeParseException.class);
    }
}
