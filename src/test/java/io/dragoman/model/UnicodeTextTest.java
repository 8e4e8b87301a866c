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
}
