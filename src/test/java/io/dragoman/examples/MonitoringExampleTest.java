// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestGateway;
import io.dragoman.model.Json;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** What is scraped after an accepted, a repeated and a refused message. */
    private String scraped() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
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
