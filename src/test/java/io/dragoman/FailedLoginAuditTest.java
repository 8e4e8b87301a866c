// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.app.audit.AuditTrail;
import io.dragoman.app.audit.FailedLogins;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit log says of those who were not let in, and how little a flood of them adds. */
final class FailedLoginAuditTest {
    private static final String API = "/api/v1/";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private TestGateway test;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        test = new TestGateway(data);
    }

    @AfterEach
    void stop() {
        test.close();
    }

    private int login(String... headers) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + test.gateway.adminPort() + API + "session"))
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"guessed-token\"}"))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Each as {@code from detail}, the latest first. */
    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        test.admin(API + "audit?limit=500&action=" + FailedLogins.ACTION)
                .path("entries")
                .forEach(entry -> lines.add(
                        entry.path("from").asText() + " " + entry.path("detail").asText()));
        return lines;
    }

    @Test
    void whoIsNotLetInShouldHaveALineAMinuteWithACount() throws Exception {
        assertThat(login("Content-Type", "application/json")).isEqualTo(401);
        assertThat(login("Content-Type", "application/json")).isEqualTo(401);
        assertThat(login("Content-Type", "application/json", "Authorization", "Bearer guessed-too"))
                .isEqualTo(401);
        TestGateway.await("the first", () -> lines().size() == 1);
        assertThat(lines()).containsExactly("127.0.0.1 1");
        test.clock.move(Duration.ofSeconds(61));
        assertThat(login("Content-Type", "application/json")).isEqualTo(401);
        TestGateway.await("the next minute", () -> lines().size() == 3);
        assertThat(lines()).containsExactly("127.0.0.1 1", "127.0.0.1 2 more within a minute", "127.0.0.1 1");
        assertThat(test.admin(API + "audit").toString())
                .contains("\"actor\":\"unknown\"")
                .doesNotContain("guessed");
    }

    @Test
    void aFloodFromManyAddressesShouldAddFewLines() {
        AuditTrail trail = new AuditTrail(test.gateway.store(), test.gateway::newId, test.clock);
        FailedLogins failures = new FailedLogins(trail, test.clock);
        for (int i = 0; i < 3_000; i++) {
            failures.failed("2001:db8::" + i % 1_000);
        }
        failures.tell();
        TestGateway.await("the last", () -> lines().stream().anyMatch(line -> line.startsWith("others ")));
        assertThat(lines()).hasSize(41).contains("others 2940 more within a minute");
    }
}
