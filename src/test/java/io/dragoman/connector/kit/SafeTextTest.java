// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is too long is cut between characters as a reader sees them. */
final class SafeTextTest {
    private static final String CODER = "👩‍💻";

    @Test
    void lineEndsBetweenCharacters() {
        assertThat(SafeText.line("ab" + CODER + "cd", 6)).isEqualTo("ab");
        assertThat(SafeText.line("ab" + CODER + "cd", 7)).isEqualTo("ab" + CODER);
        assertThat(SafeText.line("ab" + CODER, 7)).isEqualTo("ab" + CODER);
        assertThat(SafeText.line("e\u0301e\u0301", 3)).isEqualTo("e\u0301");
        assertThat(SafeText.line("one  two\nthree", 8)).isEqualTo("one two");
    }

    @Test
    void fileNameKeepsItsEndingAndWholeCharacters() {
        String name = SafeText.fileName("a".repeat(114) + CODER + "b.jpeg");
        assertThat(name).isEqualTo("a".repeat(114) + ".jpeg");
    }
}
