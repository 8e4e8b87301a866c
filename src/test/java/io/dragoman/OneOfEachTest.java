// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Small helpers stand in one place each. Simulators share no code with the product, and so have their own. */
final class OneOfEachTest {
    private static final Path MAIN = Path.of("src/main/java/io/dragoman");

    @Test
    void digestsAreMadeByHashes() throws IOException {
        assertThat(filesWith("MessageDigest\\s*\\.getInstance\\(")).containsExactly("model/Hashes.java");
    }

    @Test
    void wordsOfConstantsAreMadeByWords() throws IOException {
        assertThat(filesWith("name\\(\\)\\s*\\.toLowerCase\\(|toLowerCase\\([^)]*\\)\\s*\\.replace\\('_', '-'\\)"))
                .containsExactly("model/Words.java");
    }

    @Test
    void nothingThatLastsIsNamedAfterAClass() throws IOException {
        assertThat(filesWith("getSimpleName\\(\\)\\s*\\.toLowerCase\\(")).isEmpty();
    }

    private static List<String> filesWith(String regex) throws IOException {
        Pattern pattern = Pattern.compile(regex);
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(MAIN.resolve("simulator")))
                    .filter(file -> pattern.matcher(read(file)).find())
                    .map(file -> MAIN.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
