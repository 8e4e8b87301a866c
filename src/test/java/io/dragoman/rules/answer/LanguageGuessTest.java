// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What language a text is taken for, and when none is. */
final class LanguageGuessTest {
    @ParameterizedTest
    @ValueSource(strings = {"ok", "hallo", "Sony", "123", "👍", "", "no no no"})
    @DisplayName("a short text tells none")
    void shortTextShouldTellNone(String text) {
        assertThat(LanguageGuess.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "რა ღირს, ka",
        "Ե՞րբ, hy",
        "多少钱, zh",
        "πόσο, el",
        "Guten Tag ich möchte gern wissen wann meine Bestellung ankommt, de",
        "Eltip bermek näçe wagt alýar we näçe durýar, tk"
    })
    void surelyKnownLanguageShouldBeTold(String text, String language) {
        assertThat(LanguageGuess.of(text)).contains(language);
    }

    /** What came of guessing. */
    private record Figures(long right, long wrong, long none) {
        static Figures of(List<RetrievalSet.Asked> asked, double ahead) {
            long right = 0;
            long none = 0;
            for (RetrievalSet.Asked one : asked) {
                Optional<String> guess = LanguageGuess.of(one.text(), ahead);
                right += guess.filter(one.language()::equals).isPresent() ? 1 : 0;
                none += guess.isEmpty() ? 1 : 0;
            }
            return new Figures(right, asked.size() - right - none, none);
        }
    }

    @Test
    @DisplayName("the margin is the least with which the first half has nothing wrong")
    void marginShouldBeChosenOnTheFirstHalf() {
        assertThat(Figures.of(RetrievalSet.half(0), LanguageGuess.AHEAD - 0.1).wrong())
                .isPositive();
        assertThat(Figures.of(RetrievalSet.half(0), LanguageGuess.AHEAD).wrong())
                .isZero();
    }

    @Test
    void otherHalfShouldBeAsTheDocumentsSay() throws Exception {
        Figures figures = Figures.of(RetrievalSet.half(1), LanguageGuess.AHEAD);
        assertThat(figures.wrong()).isLessThanOrEqualTo(2);
        assertThat(figures.right()).isGreaterThan(90);
        assertThat(Files.readString(Path.of("docs/answers.md")))
                .contains(String.format(
                        Locale.ROOT,
                        "%d are told rightly, %d wrongly, %d not at all",
                        figures.right(),
                        figures.wrong(),
                        figures.none()));
    }
}
