// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MediaHeadersTest {
    @Test
    void headersMakeAFileHarmless() {
        assertThat(MediaHeaders.of("image/jpeg", "receipt.jpg", Duration.ofHours(1)))
                .isEqualTo(Map.of(
                        "Content-Type", "image/jpeg",
                        "Content-Disposition", "attachment; filename=\"receipt.jpg\"",
                        "X-Content-Type-Options", "nosniff",
                        "Content-Security-Policy", "default-src 'none'; sandbox",
                        "Cache-Control", "private, max-age=3600",
                        "Referrer-Policy", "no-referrer"));
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, inline",
        "IMAGE/JPEG, inline",
        "audio/ogg, inline",
        "video/mp4, inline",
        "image/svg+xml, attachment",
        "text/html, attachment",
        "text/plain, attachment",
        "application/pdf, attachment",
        "image/png;x=y, attachment",
    })
    void onlyWhatRunsNothingIsShown(String type, String how) {
        assertThat(MediaHeaders.shown(type, "a.b", Duration.ZERO))
                .containsEntry("Content-Disposition", how + "; filename=\"a.b\"")
                .containsEntry("Content-Security-Policy", "default-src 'none'; sandbox")
                .containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(MediaHeaders.shown(type, "attachment.png", Duration.ZERO).get("Content-Disposition"))
                .isEqualTo(how + "; filename=\"attachment.png\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html", "TEXT/HTML", "application/xhtml+xml", "image/svg+xml", "text/xml",
                        "application/javascript",
                "text/html; charset=utf-8", "image/png\r\nX-Evil: 1", "", "png", "a/b/c", "image/*"
            })
    void typeThatABrowserRunsBecomesBytes(String type) {
        assertThat(MediaHeaders.of(type, null, Duration.ZERO))
                .containsEntry("Content-Type", "application/octet-stream");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "../../etc/passwd | attachment; filename=\"passwd\"",
                "C:\\dir\\a.txt | attachment; filename=\"a.txt\"",
                "a\"b.txt | attachment; filename=\"a_b.txt\"",
                "50%.txt | attachment; filename=\"50_.txt\"; filename*=UTF-8''50%25.txt",
                ".htaccess | attachment; filename=\"htaccess\"",
                "bericht ä.pdf | attachment; filename=\"bericht _.pdf\"; filename*=UTF-8''bericht%20%C3%A4.pdf",
                "ქართული.jpg | attachment; filename=\"_______.jpg\";"
                        + " filename*=UTF-8''%E1%83%A5%E1%83%90%E1%83%A0%E1%83%97%E1%83%A3%E1%83%9A%E1%83%98.jpg",
                "😀 | attachment; filename=\"_\"; filename*=UTF-8''%F0%9F%98%80"
            })
    void nameIsCleaned(String given, String expected) {
        assertThat(disposition(given)).isEqualTo(expected);
    }

    @Test
    void nameCannotBreakOutOrPretend() {
        assertThat(disposition("a\r\nX-Evil: 1.txt")).isEqualTo("attachment; filename=\"aX-Evil_ 1.txt\"");
        assertThat(disposition("photo\u202egpj.exe")).isEqualTo("attachment; filename=\"photogpj.exe\"");
        assertThat(disposition("a\u0000\ud83d.txt")).isEqualTo("attachment; filename=\"a.txt\"");
        assertThat(disposition("a\u2028b.txt")).isEqualTo("attachment; filename=\"a_b.txt\"");
        assertThat(disposition(null)).isEqualTo("attachment");
        assertThat(disposition("...")).isEqualTo("attachment");
        assertThat(disposition("folder/")).isEqualTo("attachment");
    }

    @Test
    void longNameKeepsItsEnding() {
        assertThat(disposition("😀".repeat(500) + ".pdf"))
                .endsWith("%F0%9F%98%80.pdf")
                .hasSizeLessThan(2000);
    }

    private static String disposition(@Nullable String fileName) {
        return String.valueOf(
                MediaHeaders.of("image/png", fileName, Duration.ZERO).get("Content-Disposition"));
    }
}
