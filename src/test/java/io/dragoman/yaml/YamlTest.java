// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlTest {
    private final Problems problems = new Problems();

    @Test
    void valuesAndKeysHaveTheirPositions() {
        Node root = read("a:\n  - b:   x\n    c:\n").orElseThrow();
        Node item = root.get("a").orElseThrow().items().get(0);
        Node value = item.get("b").orElseThrow();
        assertThat(value).hasToString("Node[f.yaml:2:10 a[0].b]");
        assertThat(value.key()).hasToString("Node[f.yaml:2:5 a[0].b]");
        assertThat(item.get("c").orElseThrow()).hasToString("Node[f.yaml:3:5 a[0].c]");
        assertThat(item.get("c").orElseThrow().shape()).isEqualTo(Node.Shape.EMPTY);
    }

    @Test
    void everyUnknownAndDoubleKeyIsToldWhereItStands() {
        Node root = read("name: x\nnmae: y\nname: z\n").orElseThrow();
        root.allowKeys(problems, Set.of("name", "when"));
        assertThat(messages())
                .containsExactly(
                        "f.yaml:2:1 nmae is not a known key. Did you mean 'name'? Known: name, when.",
                        "f.yaml:3:1 name is a duplicate; the first is in line 1. Keep one of the two.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [",
                "a: b: c",
                "\tx: y",
                "a: 'x",
                "--- a\n--- b",
                "a: *nowhere",
                "&a [*a]",
                "a: &a {b: *a}",
                "? [x]\n: y",
                "%YAML 9\n---\n",
                "a: \u0000"
            })
    void whatIsNoYamlIsAProblemAndNothingElse(String content) {
        read(content);
        assertThat(problems.hasErrors()).isTrue();
    }

    @Test
    void bombsAreRefused() {
        read("[".repeat(100_000));
        assertThat(messages()).singleElement().asString().contains("more than 64 levels deep");
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 25; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(read(laughs.toString())).isEmpty();
        assertThat(messages()).anyMatch(message -> message.contains("unfolds to too much"));
    }

    @Test
    void emptyFilesAreNothing() {
        assertThat(read("")).isEmpty();
        assertThat(read("# only words\n")).isEmpty();
        assertThat(problems.hasErrors()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "tokn, token",
        "Token, token",
        "pass, password",
        "passwordd, password",
        "phoneNumber, phoneNumberId",
        "smtp, ",
        "x, "
    })
    void suggestionsAreNear(String word, String meant) {
        assertThat(Suggestion.of(word, List.of("token", "password", "phoneNumberId", "kind")))
                .isEqualTo(meant);
    }

    @Test
    void hiddenValuesAreInNoMessage() {
        Node root = read("a: x").orElseThrow();
        problems.add(root, "says s3cret and s3cret-more and is.");
        problems.hide("s3cret");
        problems.hide("s3cret-more");
        problems.hide("is");
        assertThat(messages()).containsExactly("f.yaml:1:1 says *** and *** and is.");
    }

    private Optional<Node> read(String content) {
        return Yaml.read("f.yaml", content, problems);
    }

    private List<String> messages() {
        return problems.all().stream().map(Problem::toString).toList();
    }
}
