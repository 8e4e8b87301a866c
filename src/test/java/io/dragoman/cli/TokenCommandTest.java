// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestGateway;
import io.dragoman.config.Home;
import io.dragoman.config.TestConnector;
import io.dragoman.model.Hashes;
import io.dragoman.model.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens and the audit log by the command line. */
final class TokenCommandTest {
    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Home home;

    TokenCommandTest(@TempDir Path folder) {
        this.folder = folder;
        home = new Home(folder).write("channels", "channels:\n");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--home", folder.toString()))
                .toArray(String[]::new);
        return new Dragoman(TestConnector.ALL, home.environment()::get)
                .commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(all);
    }

    @Test
    void newTokenShouldBeShownOnceWithTheLinesThatLetItIn() throws Exception {
        assertThat(run("token", "new", "--name", "anna", "--role", "agent")).isZero();
        List<String> lines = out.toString().lines().map(String::strip).toList();
        String token = lines.get(2);
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        String line = lines.get(lines.size() - 1);
        assertThat(line).isEqualTo("anna: {role: agent, hash: \"sha256:" + Hashes.sha256Hex(token) + "\"}");
        home.write("gateway", "admin:\n  tokens:\n    " + line + "\n");
        assertThat(home.usable().gateway().admin().tokens()).hasSize(1);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).noneMatch(file -> holds(file, token));
        }
        assertThat(run("token", "new", "--name", "anna", "--role", "agent", "--json"))
                .isZero();
        JsonNode other = Json.tree(out.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(other.path("token").asText()).isNotEqualTo(token);
        assertThat(other.path("hash").asText())
                .isEqualTo("sha256:" + Hashes.sha256Hex(other.path("token").asText()));
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "a b", "", "cli:root", "-x"})
    void nameThatNobodyCanHaveShouldBeRefused(String name) {
        assertThat(run("token", "new", "--name=" + name, "--role", "agent")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void roleMustBeOneOfThree() {
        assertThat(run("token", "new", "--name", "anna", "--role", "boss")).isEqualTo(2);
        assertThat(run("token", "new", "--name", "anna")).isEqualTo(2);
    }

    @Test
    void auditShouldShowWhatWasDoneBesideTheGatewayAndWithoutIt() throws Exception {
        String user = "cli:" + System.getProperty("user.name");
        try (TestGateway test = new TestGateway(folder.resolve("data"))) {
            home.write(
                    "gateway",
                    "admin: {port: " + test.gateway.adminPort() + ", token: " + TestGateway.TOKEN.value() + "}\n");
            assertThat(run("audit")).isZero();
            assertThat(out.toString()).contains("Nobody did anything that is asked for.");
            assertThat(run("pause", "desk")).isZero();
        }
        assertThat(run("resume", "desk")).isZero();
        assertThat(run("audit")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains(user, "operator", "local", "resume", "desk");
        assertThat(lines.get(2)).contains(user, "operator", "127.0.0.1", "pause", "desk");
        assertThat(run("audit", "--action", "pause", "--json")).isZero();
        JsonNode page = Json.tree(out.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(page.path("entries")).hasSize(1);
        assertThat(page.at("/entries/0/target").asText()).isEqualTo("desk");
        assertThat(run("audit", "--actor", "nobody")).isZero();
        assertThat(out.toString()).contains("Nobody did anything");
        assertThat(run("audit", "--limit", "1")).isZero();
        assertThat(out.toString()).contains("There is more: --limit 2.");
    }
}
