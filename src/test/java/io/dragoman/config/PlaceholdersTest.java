// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlaceholdersTest {
    private final Path home;
    private final Problems problems = new Problems();

    PlaceholdersTest(@TempDir Path home) {
        this.home = home;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${env:NAME} | value",
                "before ${env:NAME} after | before value after",
                "${env:NAME}${env:NAME} | valuevalue",
                "${file:secret} | from a file",
                "${file:~/mine} | from home",
                "$${env:NAME} | ${env:NAME}",
                "${other:NAME} {{ contact.name }} $1 | ${other:NAME} {{ contact.name }} $1",
                "${env:DOLLAR} | $1 \\ ${env:NAME}"
            })
    void referencesArePutIn(String written, String wanted) throws IOException {
        prepare();
        assertThat(resolve(written)).contains(wanted);
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${env:GONE} | takes the environment variable GONE, which is not set",
                "${env:EMPTY} | takes the environment variable EMPTY, which is empty",
                "${file:gone} | takes the file gone, which does not exist",
                "${file:.} | takes the file ., which is no regular file",
                "${file:binary} | takes the file binary, which is not UTF-8 text",
                "${file:empty} | takes the file empty, which is empty",
                "${file:large} | takes the file large, which is larger than 64 KB",
                "${env:} | has ${env: without a name",
                "${env:NAME | has ${env: without its closing brace"
            })
    void whatCannotBePutInIsNamed(String written, String wanted) throws IOException {
        prepare();
        assertThat(resolve(written)).isEmpty();
        assertThat(problems.all()).singleElement().satisfies(problem -> assertThat(problem.message())
                .startsWith(wanted));
    }

    @Test
    void wholeTreesAreResolvedAndKeepWhatWasWritten() throws IOException {
        prepare();
        Node tree = Yaml.read("f", "a: [x, {b: \"${env:NAME}!\"}]", problems).orElseThrow();
        Node value = references()
                .resolveAll(tree)
                .get("a")
                .orElseThrow()
                .items()
                .get(1)
                .get("b")
                .orElseThrow();
        assertThat(value.text()).isEqualTo("value!");
        assertThat(value.written()).isEqualTo("${env:NAME}!");
        assertThat(value.path()).isEqualTo("a[1].b");
    }

    private void prepare() throws IOException {
        Files.writeString(home.resolve("secret"), "from a file\r\n");
        Files.writeString(home.resolve("empty"), "\n");
        Files.write(home.resolve("binary"), new byte[] {(byte) 0xff});
        Files.writeString(home.resolve("large"), "x".repeat(70_000));
        Files.createDirectories(home.resolve("user"));
        Files.writeString(home.resolve("user/mine"), "from home");
    }

    private Optional<String> resolve(String written) {
        Node node = Yaml.read("f", "a: '" + written + "'", problems)
                .orElseThrow()
                .get("a")
                .orElseThrow();
        return references().resolve(node);
    }

    private Placeholders references() {
        Map<String, String> environment = Map.of(
                "NAME", "value", "EMPTY", "", "HOME", home.resolve("user").toString(), "DOLLAR", "$1 \\ ${env:NAME}");
        return new Placeholders(home, environment::get, problems);
    }
}
