// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.config.Connectors;
import io.dragoman.model.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code connector test} of profiles. */
final class ProfileCardsTest {
    private static final Path SHIPPED = Path.of("src/main/resources/profiles");
    private static final Path CASES = Path.of("src/test/resources/profiles");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void deskPassesWithItsSimulatorAndItsCases() throws IOException {
        Path file = copied("zammad", "zammad", "", "");
        Files.createDirectory(folder.resolve("zammad"));
        for (String name : new String[] {"settings.yaml", "reply.yaml"}) {
            Files.copy(
                    CASES.resolve("zammad").resolve(name),
                    folder.resolve("zammad").resolve(name));
        }
        assertThat(run("connector", "test", file.toString())).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("passed          desk: a note", "passed          desk: a lost answer")
                .contains("passed          cases: reply", "passed          proof: tampered body")
                .containsPattern("zammad: \\d+ passed, 0 failed, \\d+ not applicable\\.");
    }

    @Test
    void deskThatBringsNotesToCustomersFails() throws IOException {
        Path file = copied("zammad", "mine", "and $not(article.internal)", "");
        assertThat(run("connector", "test", file.toString(), "--simulator", "zammad", "--json"))
                .isEqualTo(1);
        JsonNode card = json();
        assertThat(card.path("kind").asText()).isEqualTo("mine");
        assertThat(card.path("checks"))
                .filteredOn(check -> check.path("state").asText().equals("failed"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.path("name").asText()).isEqualTo("a note");
                    assertThat(check.path("found").asText()).contains("a note that nobody else may see");
                });
    }

    @Test
    void profileThatNothingWasTriedOfShouldNotEndAsIfItHadPassed() throws IOException {
        Path file = copied("redmine", "redmine", "", "");
        assertThat(run("connector", "test", file.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("NEXT TO NOTHING IS PROVEN of redmine", "--simulator");
        assertThat(run("connector", "test", file.toString(), "--accept-untried"))
                .isZero();
    }

    @Test
    void folderIsTriedALineEach() throws IOException {
        copied("redmine", "one", "", "");
        copied("redmine", "two", "", "");
        assertThat(run("connector", "test", folder.toString(), "--accept-untried"))
                .isZero();
        assertThat(out.toString()).contains("one: settings 7", "two: settings 7");
    }

    @Test
    void brokenProfileIsToldWithItsPlace() throws IOException {
        Path file = copied("redmine", "redmine", "\nreceive:", "\nrecieve:");
        assertThat(run("connector", "test", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("redmine.yaml:", "recieve");
        assertThat(run("connector", "test", "nothing-of-that-name")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no connector nothing-of-that-name. There is no profile");
    }

    private Path copied(String shipped, String name, String words, String others) throws IOException {
        String yaml = Files.readString(SHIPPED.resolve(shipped + ".yaml"));
        assertThat(yaml).contains(words);
        return Files.writeString(folder.resolve(name + ".yaml"), yaml.replace(words, others));
    }

    private JsonNode json() throws IOException {
        return Json.tree(out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        return new Dragoman(Connectors.installed(), name -> null)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(arguments);
    }
}
