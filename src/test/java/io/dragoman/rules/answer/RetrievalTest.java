// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dragoman.rules.answer.Measured.Threshold;
import io.dragoman.rules.answer.RetrievalSet.Asked;
import io.dragoman.store.TestStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How well questions are found again, on questions that nothing was chosen by. */
final class RetrievalTest {
    private static final Threshold THRESHOLD = new Threshold(Faq.ENOUGH, Faq.AHEAD);

    @Test
    @DisplayName("the set is as large as it is said to be")
    void setShouldBeLarge() {
        List<Asked> all = RetrievalSet.ALL;
        assertThat(all.stream().filter(Asked::answerable)).hasSizeGreaterThanOrEqualTo(200);
        assertThat(all.stream().filter(asked -> !asked.answerable())).hasSizeGreaterThanOrEqualTo(60);
        assertThat(all.stream().map(Asked::language).distinct())
                .hasSizeGreaterThanOrEqualTo(12)
                .contains("ka", "hy", "tk");
    }

    @Test
    void thresholdsShouldBeThoseThatTheFirstHalfChooses() throws Exception {
        Threshold chosen =
                Measured.of(new LuceneRetrieval(), RetrievalSet.half(0)).choose(0.01, 1);
        assertThat(Faq.ENOUGH).isCloseTo(chosen.least(), within(0.001));
        assertThat(Faq.AHEAD).isCloseTo(chosen.ahead(), within(0.001));
    }

    @Test
    @DisplayName(
            "of the other half 9 in 10 are found first, 8 in 10 answered, 1 in 50 wrongly and 1 in 20 without an answer")
    void otherHalfShouldBeFound() throws Exception {
        Measured measured = Measured.of(new LuceneRetrieval(), RetrievalSet.half(1));
        double answerable = measured.answerable();
        assertThat(measured.recalled(1) / answerable).isGreaterThan(0.9);
        assertThat(measured.recalled(3) / answerable).isGreaterThan(0.97);
        assertThat(measured.rightAnswers(THRESHOLD) / answerable).isGreaterThan(0.85);
        assertThat(measured.wrongAnswers(THRESHOLD) / answerable).isLessThan(0.02);
        assertThat(measured.falseAnswers(THRESHOLD) / (double) measured.unanswerable())
                .isLessThan(0.05);
    }

    @Test
    void everyLanguageShouldBeFound() throws Exception {
        Measured measured = Measured.of(new LuceneRetrieval(), RetrievalSet.half(1));
        for (String language : RetrievalSet.FAQ.languages()) {
            Measured one = measured.in(language);
            assertThat(one.recalled(3)).as(language).isGreaterThanOrEqualTo(one.answerable() - 1);
        }
    }

    @Test
    @DisplayName("the comparison with the searches of the stores stands in the documents as it is measured")
    void enginesShouldStandInTheDocuments(@TempDir Path folder) throws Exception {
        try (TestStore postgres = TestStore.postgres(folder)) {
            String table = RetrievalTable.byEngine(postgres);
            String document = Files.readString(Path.of("docs/answers.md"));
            assertThat(document).contains("\n" + table + "\n\n");
            assertThat(RetrievalTable.replaced(document, table))
                    .as("writing it again")
                    .isEqualTo(document);
        }
    }

    @Test
    void tableShouldStandInTheDocuments() throws Exception {
        assertThat(Files.readString(Path.of("docs/answers.md"))).contains(RetrievalTable.byLanguage());
    }
}
