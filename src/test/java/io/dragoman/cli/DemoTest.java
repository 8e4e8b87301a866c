// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.config.Connectors;
import io.dragoman.demo.DemoEnvironment;
import io.dragoman.model.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoTest {
    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();

    @Test
    void everyExpectedEffectIsSeenIn256Megabytes() throws Exception {
        Path report = home.resolve("report");
        Path demo = home.resolve("demo");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Dragoman.class.getName(),
                        "demo",
                        "--exit",
                        "--home",
                        demo.toString())
                .redirectOutput(report.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(report)).isZero();
        assertThat(Files.readString(report))
                .contains("rule 'Refunds go to billing' → ")
                .contains("Ana's phone shows: ")
                .contains(
                        "Davit's chat shows: ",
                        "Emma's phone shows: Order #1001 is shipped",
                        "Nino taps on Reserve",
                        "Aylar's phone shows: ")
                .contains("answers: 😡", "rule 'Unhappy' → team care, priority urgent")
                .containsPattern("All 69 expected effects were seen");
        assertThat(run("demo", "--exit", "--home", demo.toString())).isEqualTo(2);
    }

    @Test
    void whatIsNotAsExpectedIsToldAndEndsWithOne() throws Exception {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/rules.yaml"), "rules:\n  - {name: Other, team: sales}\n");
        assertThat(run("demo", "--exit", "--json", "--wait", "5", "--home", home.toString()))
                .isEqualTo(1);
        JsonNode report = Json.tree(out.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(report.path("ok").asBoolean()).isFalse();
        JsonNode missed = null;
        for (JsonNode observation : report.path("observations")) {
            missed = missed == null && !observation.path("met").asBoolean() ? observation : missed;
        }
        assertThat(missed).isNotNull();
        assertThat(missed.path("expected").asText()).contains("team billing");
        assertThat(missed.path("observed").asText()).contains("team sales");
    }

    /** As in its console, which is where newcomers try it. */
    @Test
    void whatOneChangesShouldBeInForce() throws Exception {
        try (DemoEnvironment demo =
                DemoEnvironment.open(home, Connectors.installed(), Clock.systemUTC(), new SecureRandom())) {
            String console = demo.directions("").get(0).replaceAll(".*(http\\S+)/console/.*", "$1");
            HttpRequest put = HttpRequest.newBuilder(URI.create(console + "/api/v1/config/desks/second"))
                    .header(
                            "Authorization",
                            "Bearer "
                                    + Files.readString(home.resolve("data/demo.token"))
                                            .strip())
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString("{\"kind\":\"local\",\"settings\":{}}"))
                    .build();
            String answer = HttpClient.newHttpClient()
                    .send(put, HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(answer).contains("\"reloaded\":true");
        }
    }

    @Test
    void aSimulatorAloneTellsItsSettings() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("write +49301 hi\nquit\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("simulate", "whatsapp", "--callback", "http://127.0.0.1:1/channels/x"))
                    .isZero();
            assertThat(out.toString()).contains("kind: whatsapp", "baseUrl: ", "the gateway answered nothing");
        } finally {
            System.setIn(before);
        }
        assertThat(run("simulate", "pigeon")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return new Dragoman(Connectors.installed(), name -> null)
                .commandLine(new PrintWriter(out, true), new PrintWriter(out, true))
                .execute(arguments);
    }
}
