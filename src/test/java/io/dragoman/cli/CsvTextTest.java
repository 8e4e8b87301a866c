// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a spreadsheet and a program make of a line. */
final class CsvTextTest {
    @Test
    void valuesAreQuotedAndNumbersAreNumbers() {
        assertThat(CsvText.line("a \"b\", c", null, 7L, -1, 12_000_000.5, Instant.EPOCH, ""))
                .isEqualTo("\"a \"\"b\"\", c\",,7,-1,12000000.5,1970-01-01T00:00:00Z,\"\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r\n=1", "＝1", "\u00a0=1", "\uFEFF=1", "\u200b=1"
            })
    void noTextIsAFormula(String text) {
        assertThat(CsvText.line(text)).startsWith("\"'").endsWith("\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vip", "a=b", "1-2", "ანა", "'", ""})
    void otherTextsStayAsTheyAre(String text) {
        assertThat(CsvText.line(text)).isEqualTo("\"" + text + "\"\r\n");
    }

    @Test
    void textStaysInItsLineAndObeysNoTerminal() {
        assertThat(CsvText.line("a\r\nb\u001b[2J")).isEqualTo("\"a  b [2J\"\r\n");
    }
}
