// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.twitter.twittertext.TwitterTextParser;
import io.dragoman.connector.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counted beside twitter-text, X's own library. */
final class WeightedTextTest {
    private static final List<String> PIECES = List.of(
            "a",
            "Z",
            "é",
            "e\u0301",
            "Straße",
            " ",
            "\n",
            ".",
            ",",
            "-",
            "'",
            "—",
            "…",
            "“",
            "日本",
            "한국",
            "ไทย",
            "नमस्ते",
            "שלום",
            "سلام",
            "Привет",
            "👍",
            "👍🏽",
            "👨‍👩‍👧",
            "❤️",
            "🇩🇪",
            "#tag",
            "@name",
            "$BTC",
            "example.com",
            "http://example.com",
            "https://example.com/a/b?c=d&e=1",
            "https://shop.example.de/a_(b)/?q=ä#x",
            "https://x.y",
            "e.g.",
            "v1.2",
            "a@b.com",
            "https://例え.jp/a",
            "/path",
            "://",
            "ftp://a.com",
            "www.dragoman.io",
            "it.is",
            "https://a.com:8080/x",
            "&",
            "%20",
            "\u200d",
            "\u0301",
            "\ufe0f",
            "https://EXAMPLE.ORG/",
            "https://a-b.co.uk/x.");

    private static int oracle(String text) {
        return TwitterTextParser.parseTweet(text).weightedLength;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello, are you open today?",
                "Ça va? Größe 42, bitte — “gut”.",
                "日本語のテキスト",
                "Привет, как дела?",
                "e\u0301galite\u0301",
                "👍 and 🎉",
                "See https://example.com/orders/12?full=1 for all of it",
                "https://www.example.de",
                "a https://example.org/x_y-z b https://example.com/2 c",
            })
    void countIsThatOfTheProvidersLibrary(String text) {
        assertThat(WeightedText.count(text)).isEqualTo(oracle(text));
    }

    /** What is in doubt counts more here, never less: X would refuse it. */
    @Test
    void countIsNeverLessThanTheProviders() {
        Random random = new Random(20261129);
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(9) + 1; n > 0; n--) {
                text.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextBoolean() ? " " : "");
            }
            assertThat(WeightedText.count(text.toString()))
                    .as("%s", text)
                    .isGreaterThanOrEqualTo(oracle(text.toString()));
        }
    }

    @Test
    void piecesFitAndTearNoAddress() {
        String address = "https://example.com/" + "a".repeat(300) + "?b=1";
        String text = "日本語の文章です。".repeat(20) + " " + address + " " + "And so on, as before. ".repeat(20);
        List<String> pieces = LongText.split(text, 280, Limits.Unit.WEIGHTED);
        assertThat(pieces).hasSizeGreaterThan(2).allSatisfy(piece -> assertThat(oracle(piece))
                .isLessThanOrEqualTo(280));
        assertThat(pieces).anySatisfy(piece -> assertThat(piece).contains(address));
        assertThat(String.join("", pieces).replace(" ", "")).isEqualTo(text.replace(" ", ""));
    }

    @Test
    void whatFitsStaysWhole() {
        String text = "x".repeat(256) + " https://example.com/" + "a".repeat(500);
        assertThat(LongText.split(text, 280, Limits.Unit.WEIGHTED)).containsExactly(text);
        assertThat(oracle(text)).isEqualTo(280);
    }

    @Test
    void longRunsTakeNoTime() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (String run : List.of("a", "a.", "-", "a-", "/", "http://", "https://a.com/", "\u0301", "👍")) {
                LongText.split(run.repeat(20_000), 280, Limits.Unit.WEIGHTED);
            }
        });
    }
}
