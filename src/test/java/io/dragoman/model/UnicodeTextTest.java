// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Half a surrogate pair never gets through, whole ones always do. */
final class UnicodeTextTest {
    private static final String SMILE = "\uD83D\uDE00";

    @Test
    void wholePairsStay() {
        assertThat(UnicodeText.wellFormed("a" + SMILE + SMILE + "b")).isEqualTo("a" + SMILE + SMILE + "b");
    }

    @Test
    void halvesAreReplaced() {
        assertThat(UnicodeText.wellFormed("\uD83Da\uDE00")).isEqualTo("\uFFFDa\uFFFD");
        assertThat(UnicodeText.wellFormed("\uDE00\uD83D")).isEqualTo("\uFFFD\uFFFD");
        assertThat(UnicodeText.wellFormed("\uD83D" + SMILE)).isEqualTo("\uFFFD" + SMILE);
    }

    @Test
    void cutLeavesOutAPairRatherThanHalfOfIt() {
        assertThat(UnicodeText.cut("ab" + SMILE, 4)).isEqualTo("ab" + SMILE);
        assertThat(UnicodeText.cut("ab" + SMILE, 3)).isEqualTo("ab");
        assertThat(UnicodeText.cut("ab" + SMILE, 2)).isEqualTo("ab");
        assertThat(UnicodeText.cut(SMILE, 1)).isEmpty();
        assertThat(UnicodeText.cut(SMILE, 0)).isEmpty();
    }

    @Test
    void cutKeepsWhatAReaderSeesAsOneCharacter() {
        String coder = "👩‍💻";
        assertThat(UnicodeText.cut("ab" + coder + "cd", 6)).isEqualTo("ab");
        assertThat(UnicodeText.cut("ab" + coder + "cd", 7)).isEqualTo("ab" + coder);
        assertThat(UnicodeText.cut("e\u0301e\u0301", 3)).isEqualTo("e\u0301");
        assertThat(UnicodeText.cut("🇩🇪🇫🇷", 6)).isEqualTo("🇩🇪");
        assertThat(UnicodeText.cut("किकि", 3)).isEqualTo("कि");
        assertThat(UnicodeText.cut("a" + "\u0301".repeat(50), 10))
                .as("a heap of marks is longer than the limit itself")
                .hasSize(10);
        assertThat(UnicodeText.cut("abc", 0)).isEmpty();
    }

    @Test
    void charactersAreThoseAReaderSees() {
        assertThat(UnicodeText.characters("a👩‍💻e\u0301🇩🇪")).containsExactly("a", "👩‍💻", "e\u0301", "🇩🇪");
    }
}
