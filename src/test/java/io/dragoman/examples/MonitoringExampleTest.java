// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestChannel;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.connector.Account;
import io.dragoman.connector.ClientCredentials;
import io.dragoman.connector.OAuthLogin;
import io.dragoman.connector.Secret;
import io.dragoman.model.Json;
import io.dragoman.rules.Decision;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of alerts and of a dashboard name metrics, and labels of them, that there are. */
final class MonitoringExampleTest {
    private static final Path SAMPLES = Path.of("docs/examples/monitoring");
    private static final Pattern METRIC = Pattern.compile("\\b(?:dragoman|jvm)_[a-z_]+\\b");
    private static final Pattern BY = Pattern.compile("by \\((\\w+)\\) \\((?:rate|delta)?\\(?(dragoman_[a-z_]+)");

    @TempDir
    private Path data;

    @Test
    @DisplayName("every metric of the samples is scraped, with the label that it is summed by")
    void metricsShouldExist() throws Exception {
        String alerts = Files.readString(SAMPLES.resolve("alerts.yaml"));
        Problems problems = new Problems();
        assertThat(Yaml.read("alerts.yaml", alerts, problems)).isPresent();
        assertThat(problems.all()).isEmpty();
        byte[] dashboard = Files.readAllBytes(SAMPLES.resolve("grafana.json"));
        JsonNode panels = Json.tree(dashboard).path("panels");
        assertThat(panels).hasSizeGreaterThan(5);
        String text = alerts + panels;
        Set<String> named = new TreeSet<>();
        Matcher metrics = METRIC.matcher(text);
        while (metrics.find()) {
            named.add(metrics.group());
        }
        assertThat(named).hasSizeGreaterThan(8);
        String scraped = scraped();
        for (String metric : named) {
            assertThat(scraped).as(metric).containsPattern("(?m)^" + metric + "[{ ]");
        }
        Matcher by = BY.matcher(text);
        while (by.find()) {
            assertThat(scraped).as(by.group()).containsPattern("(?m)^" + by.group(2) + "\\{[^}]*" + by.group(1) + "=");
        }
        assertThat(scraped).contains("why=\"", "kind=\"");
    }

    /** The metric of a login is there where an end is known. */
    private static final class LoggedInChannel extends TestChannel implements OAuthLogin {
        @Override
        public Optional<Client> oauth(Account account) {
            ClientCredentials grant =
                    new ClientCredentials(URI.create("https://login.example.com"), "id", new Secret("secret"), "");
            return Optional.of(new Client(List.of(grant), null, null, "", null, Instant.parse("2099-01-01T00:00:00Z")));
        }
    }

    /** What is scraped after an accepted, a repeated and a refused message. */
    private String scraped() throws Exception {
        try (TestGateway test = new TestGateway(
                data, situation -> Decision.NOTHING, new LoggedInChannel(), new TestDesk(), setup -> setup)) {
            String message = "[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]";
            assertThat(test.post(message)).isEqualTo(200);
            assertThat(test.post(message)).isEqualTo(200);
            assertThat(test.postForged(message)).isEqualTo(401);
            TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
            String[] body = {""};
            TestGateway.await("the counts", () -> {
                body[0] = test.admin("GET", "/metrics", null).body();
                return body[0].contains("dragoman_deliveries{") && body[0].contains("dragoman_ledger_difference{");
            });
            return body[0];
        }
    }
}
